import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { TeamError } from "../../../contract/error.ts";

export interface TmuxBinary {
  /** Absolute. */
  readonly file: string;
  /** As it says it: `3.3a`. */
  readonly version: string;
}

/** A program started from the Dock gets no shell's PATH. */
const usualPlaces =
  process.platform === "darwin" ? ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin", "/usr/bin"] : [];
const install = "`apt-get install tmux` / `brew install tmux`";
const least = [3, 1] as const;

/** The tmux of this PATH or the usual places. Throws TERMINAL_UNREACHABLE with `fact` and `fix` when there is none, or one too old. */
export async function findTmux(path = "", timeoutMs = 5000): Promise<TmuxBinary> {
  const file = await firstProgram([...path.split(delimiter).filter(isAbsolute), ...usualPlaces]);
  if (!file) throw lacking("tmux is not installed");
  const { stdout } = await run(file, ["-V"], { timeout: timeoutMs }).catch((cause) => {
    throw lacking(`${file} does not run`, cause);
  });
  const version = stdout.trim().replace(/^tmux /, "");
  if (!isAtLeast(version, least)) throw lacking(`tmux ${version} is too old, ${least.join(".")} or newer`);
  return { file, version };
}

const lacking = (fact: string, cause?: unknown) =>
  new TeamError("TERMINAL_UNREACHABLE", `${fact}; ${install}`, { cause, facts: { fact, fix: install } });

const run = promisify(execFile);

/** A version without a number ("master") is newer than any. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first, second] = /(\d+)\.(\d+)/.exec(version) ?? [];
  if (first === undefined) return true;
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}

async function firstProgram(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, "tmux");
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}
