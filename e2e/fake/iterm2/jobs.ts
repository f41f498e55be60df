import { existsSync, readFileSync, readlinkSync } from "node:fs";

export interface Job {
  readonly pid: number;
  readonly name: string;
  readonly commandLine: string;
  readonly path: string;
}

/** The deepest process of a terminal's foreground group, as iTerm2 names it; undefined where there is no /proc to read it from. */
export function foregroundJob(leader: number): Job | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const group = statOf(leader)?.foreground;
  if (group === undefined || group <= 0) return undefined;
  const pid = deepest(statOf(group) ? group : leader, group);
  return {
    pid,
    name: attempt(() => readFileSync(`/proc/${pid}/comm`, "utf8").trim()),
    commandLine: attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "").replaceAll("\0", " ")),
    path: attempt(() => readlinkSync(`/proc/${pid}/cwd`)),
  };
}

function deepest(pid: number, group: number): number {
  const children = attempt(() => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8"))
    .split(" ")
    .filter(Boolean);
  const child = children.map(Number).findLast((one) => statOf(one)?.group === group);
  return child === undefined ? pid : deepest(child, group);
}

function statOf(pid: number): { group: number; foreground: number } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return group && foreground ? { group: Number(group), foreground: Number(foreground) } : undefined;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return ""; // It ended a moment ago.
  }
}
