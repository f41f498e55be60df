import type { Stats } from "node:fs";
import { TeamError } from "../../contract/error.ts";

/** What is not safe at a path, and the `fix` in words or as a command; both stand in the message. */
export function unsafe(fact: string, fix: string, cause?: unknown): TeamError {
  return new TeamError("HOME_UNSAFE", `${fact}: ${fix}`, { cause, facts: { fix } });
}

/** Throws HOME_UNSAFE, with the command that mends it, unless only the user of this process can read what stands there. */
export function needPrivate(path: string, stats: Stats, wanted: string): void {
  const user = process.getuid?.();
  if (user !== undefined && stats.uid !== user) {
    throw unsafe(`${path} belongs to another user (uid ${stats.uid})`, `sudo chown ${user} ${path}`);
  }
  if ((stats.mode & 0o077) !== 0) {
    throw unsafe(`${path} is open to others (mode ${(stats.mode & 0o777).toString(8)})`, `chmod ${wanted} ${path}`);
  }
}
