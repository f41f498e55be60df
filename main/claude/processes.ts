import { execFile } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { promisify } from "node:util";

/** What the operating system says about other processes. */
export interface Processes {
  /** When each of these began, as Claude Code 2.1.330 writes it into its live file (`procStart`); the dead are left out. */
  starts(pids: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Parent, grandparent and so on; empty for a process that is not there. */
  ancestors(pid: number): Promise<readonly number[]>;
}

const run = promisify(execFile);

export function createProcesses(platform: NodeJS.Platform = process.platform): Processes {
  return platform === "linux" ? { starts: startsByProc, ancestors: ancestorsByProc } : byPs;
}

/** Longer than what /proc tells in one line. It waits for no disk, so it is read at once, into one buffer: every sweep asks for every worker. */
const line = Buffer.allocUnsafe(2048);

/** Field 4 is the parent, field 22 the start in clock ticks since boot; the name before them may hold spaces and brackets. */
function stat(pid: number): { parent: number; start: string } | undefined {
  let file: number | undefined;
  try {
    file = openSync(`/proc/${pid}/stat`, "r");
    const text = line.toString("latin1", 0, readSync(file, line));
    const [, state, parent, start = ""] =
      /^(\S) (\d+) (?:\S+ ){17}(\d+)/.exec(text.slice(text.lastIndexOf(")") + 2)) ?? [];
    return state === "Z" ? undefined : { parent: Number(parent), start };
  } catch {
    // No such process, or it ended while we looked.
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function startsByProc(pids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const found = pids.map((pid) => [pid, stat(pid)?.start] as const);
  return new Map(found.flatMap(([pid, start]) => (start === undefined ? [] : [[pid, start]])));
}

async function ancestorsByProc(pid: number): Promise<readonly number[]> {
  const chain: number[] = [];
  for (let parent = stat(pid)?.parent; parent; parent = stat(parent)?.parent) chain.push(parent);
  return chain;
}

/** macOS has no /proc. Claude Code asks `ps -o lstart=` in C and UTC there, so that both sides write the same words. */
const byPs: Processes = {
  async starts(pids) {
    if (pids.length === 0) return new Map();
    const rows = await ps(["-o", "pid=,lstart=", "-p", pids.join(",")]);
    return new Map(rows.map(({ pid, rest }) => [pid, rest]));
  },
  async ancestors(pid) {
    const parents = new Map((await ps(["-axo", "pid=,ppid="])).map((row) => [row.pid, Number(row.rest)]));
    const chain: number[] = [];
    for (let parent = parents.get(pid); parent; parent = parents.get(parent)) chain.push(parent);
    return chain;
  },
};

async function ps(args: readonly string[]): Promise<{ pid: number; rest: string }[]> {
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const { stdout } = await run("ps", [...args], { env, maxBuffer: 16 * 1024 * 1024 });
    return stdout.split("\n").flatMap((row) => {
      const [, pid, rest] = /^\s*(\d+)\s+(.*?)\s*$/.exec(row) ?? [];
      return pid && rest !== undefined ? [{ pid: Number(pid), rest }] : [];
    });
  } catch {
    // ps ends with 1 when none of them lives.
    return [];
  }
}
