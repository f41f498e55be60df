import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process, told apart from a later one with the same id by its start time. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly started: string;
  readonly command: string;
}

/** Every process that lives now; those that ended and wait for their parent to notice do not count. */
const allProcesses = (): Promise<Process[]> => (process.platform === "linux" ? fromProc() : fromPs());

/** Needs no `ps`, which small Debian images do not have. */
async function fromProc(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => ""); // it may end meanwhile
  const found = await Promise.all(
    pids.map(async (pid): Promise<Process[]> => {
      const stat = await read(pid, "stat");
      // The name stands in brackets and may hold anything; `state ppid … starttime` follow it.
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (!parent || state === "Z") return [];
      const command = (await read(pid, "cmdline")).replaceAll("\0", " ");
      return [{ pid: Number(pid), parent: Number(parent), started: rest[17] ?? "", command }];
    }),
  );
  return found.flat();
}

async function fromPs(): Promise<Process[]> {
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,stat=,lstart=,command="], { maxBuffer: 1e8 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, state, started, command = ""] =
      /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+ \w+ +\d+ [\d:]+ \d+) (.*)$/.exec(line) ?? [];
    if (!pid || !started || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), started, command }];
  });
}

/** The children of `pid`, their children, and so on. */
export async function descendantsOf(pid: number): Promise<Process[]> {
  const all = await allProcesses();
  const below = (parent: number): Process[] =>
    all.filter((process) => process.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

/** Those that still live. */
async function stillAlive(processes: readonly Process[]): Promise<Process[]> {
  const now = await allProcesses();
  return processes.filter(({ pid, started }) =>
    now.some((process) => process.pid === pid && process.started === started),
  );
}

/** Those that still live after `graceMs`. The end of a process that is not our child can only be looked for. */
export async function aliveAfter(processes: readonly Process[], graceMs: number): Promise<Process[]> {
  const deadline = Date.now() + graceMs;
  let alive = await stillAlive(processes);
  while (alive.length > 0 && Date.now() < deadline) {
    await delay(50);
    alive = await stillAlive(alive);
  }
  return alive;
}

/** Ends them at once. */
export async function killAll(processes: readonly Process[]): Promise<void> {
  for (const { pid } of await stillAlive(processes)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it ended by itself in between
    }
  }
}
