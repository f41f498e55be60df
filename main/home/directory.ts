import { lstatSync, realpathSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { TeamError } from "../../contract/error.ts";

/** The real path of an absolute directory, or of one with `~`. Throws DIRECTORY_MISSING, also for a relative path: nobody means our own. */
export async function realDirectory(path: string): Promise<string> {
  const absolute = path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
  if (!isAbsolute(absolute))
    throw new TeamError(
      "DIRECTORY_MISSING",
      `${JSON.stringify(path)} is not an absolute path, and nothing says what it is relative to`,
    );
  try {
    const real = await realpath(absolute);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    throw new TeamError("DIRECTORY_MISSING", `Project path does not exist: ${absolute}`, { cause });
  }
  throw new TeamError("DIRECTORY_MISSING", `${absolute} is not a directory`);
}

/**
 * An absolute path without symbolic links; what does not exist yet is taken as it is written. Undefined when that cannot be
 * told: a link that leads nowhere may be made to lead anywhere.
 */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (cause) {
    const above = dirname(path);
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT" && above !== path && !isThere(path);
    const real = missing ? realPath(above) : undefined;
    return real && join(real, basename(path));
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Behind something that may not be looked into.
    return true;
  }
}
