import type { Stats } from "node:fs";
import { TeamError } from "../../contract/error.ts";

/** Throws HOME_UNSAFE, with the command that mends it, unless only the user of this process can read what stands there. */
export function needPrivate(path: string, stats: Stats, wanted: string): void {
  const user = process.getuid?.();
  if (user !== undefined && stats.uid !== user) {
    throw new TeamError(
      "HOME_UNSAFE",
      `${path} belongs to another user (uid ${stats.uid}): sudo chown ${user} ${path}`,
    );
  }
  if ((stats.mode & 0o077) !== 0) {
    const mode = (stats.mode & 0o777).toString(8);
    throw new TeamError("HOME_UNSAFE", `${path} is open to others (mode ${mode}): chmod ${wanted} ${path}`);
  }
}
