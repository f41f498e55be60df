import { realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { TeamError } from "../../contract/error.ts";

/** The real path of a directory, `~` and relative paths resolved. Throws DIRECTORY_MISSING. */
export async function realDirectory(path: string): Promise<string> {
  const absolute = path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : resolve(path);
  try {
    const real = await realpath(absolute);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw new TeamError("DIRECTORY_MISSING", `Project path does not exist: ${absolute}`, { cause });
  }
  throw new TeamError("DIRECTORY_MISSING", `${absolute} is not a directory`);
}
