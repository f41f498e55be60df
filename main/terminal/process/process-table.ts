import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** One row of the process table. `started` tells a reused pid from the process seen before; `session` is 0 where it is not known. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly started: string;
}

/** When this process began, in the words of the table; undefined when it is not there, or cannot be seen. */
export async function startOf(pid: number): Promise<string | undefined> {
  return (await processTable().catch(() => [])).find((one) => one.pid === pid)?.started;
}

let reading: Promise<Process[]> | undefined;
let next: Promise<Process[]> | undefined;

/** All that run, from /proc or else from `ps`. Who asks while it is being read shares the next reading: fifty may be closed at once. */
export function processTable(): Promise<Process[]> {
  if (!reading) return read();
  next ??= reading.then(read, read);
  return next;
}

function read(): Promise<Process[]> {
  next = undefined;
  const table = (process.platform === "linux" ? fromProc() : fromPs()).finally(() => {
    if (reading === table) reading = undefined;
  });
  reading = table;
  return table;
}

async function fromProc(): Promise<Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(
    pids.map((pid) =>
      readFile(`/proc/${pid}/stat`, "latin1").then(
        (stat) => (isDead(stat) ? [] : [parseStat(stat)]),
        () => [], // It ended meanwhile.
      ),
    ),
  );
  return rows.flat();
}

/** The fields from the state on. The name before it may hold spaces and brackets. */
const fieldsOf = (stat: string) => stat.slice(stat.lastIndexOf(")") + 2).split(" ");

/** Ended, and only waiting to be asked how. */
const isDead = (stat: string) => /^[ZX]/.test(fieldsOf(stat)[0] ?? "");

function parseStat(stat: string): Process {
  const fields = fieldsOf(stat);
  const number = (index: number) => Number(fields[index]);
  return {
    pid: Number.parseInt(stat, 10),
    parent: number(1),
    group: number(2),
    session: number(3),
    started: fields[19] ?? "",
  };
}

const columns = ["pid", "ppid", "pgid", "stat", "lstart"].flatMap((name) => ["-o", `${name}=`]);

/** For macOS, whose `ps` tells no session number, and takes all after a `=` as a heading: hence one `-o` for each column. */
export async function fromPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", ...columns], {
    maxBuffer: 1 << 24,
  });
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state && !/^[ZX]/.test(state))
    .map(([pid, parent, group, , ...started]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      started: started.join(" "),
    }));
}

/** What belongs to `root`: its descendants, its group and its session; not itself. */
export function familyOf(root: number, table: readonly Process[]): Process[] {
  const members = new Set([root]);
  for (let grown = true; grown; ) {
    const more = table.filter(
      ({ pid, parent, group, session }) =>
        !members.has(pid) && (members.has(parent) || group === root || session === root),
    );
    for (const { pid } of more) members.add(pid);
    grown = more.length > 0;
  }
  return table.filter(({ pid }) => pid !== root && members.has(pid));
}

/** Those of `before` that still run. */
export function survivors(before: readonly Process[], table: readonly Process[]): Process[] {
  const now = new Map(table.map((row) => [row.pid, row.started]));
  return before.filter(({ pid, started }) => now.get(pid) === started);
}
