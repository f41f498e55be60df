import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/** Root of the repository that holds this directory: of a worktree, the main one's; null outside of any. Runs no git. */
export async function repositoryOf(cwd: string): Promise<string | null> {
  const mark = join(cwd, ".git");
  const found = await stat(mark).catch(() => undefined);
  if (found?.isDirectory()) return cwd;
  if (found?.isFile()) return (await mainOf(mark)) ?? cwd;
  const above = dirname(cwd);
  return above === cwd ? null : repositoryOf(above);
}

/** A worktree's `.git` is a file that names `MAIN/.git/worktrees/NAME`; a submodule's names `…/.git/modules/…` and is its own. */
async function mainOf(mark: string): Promise<string | undefined> {
  const text = await readFile(mark, "utf8").catch(() => "");
  const named = /^gitdir: (.+)/.exec(text)?.[1]?.trim();
  const folder = named && resolve(dirname(mark), named);
  return folder && /^(.+)\/\.git\/worktrees\/[^/]+$/.exec(folder)?.[1];
}

export interface Changes {
  readonly count: number;
  /** The first of them, relative to the repository. */
  readonly files: string[];
}

const filesShown = 20;
const patienceMs = 2000;

/** What git calls changed in this directory; null without git, outside of a repository, or when git takes more than 2 s. */
export async function changesIn(cwd: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<Changes | null> {
  // A repository may name a program as its file system monitor or filter, and status would run it; and one may lie about in
  // another as plain files, of which nobody has seen the configuration.
  const safe = ["-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"];
  const args = [...safe, "status", "--porcelain", "-z", "--no-renames", "--", "."];
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const { stdout } = await promisify(execFile)("git", args, {
      cwd,
      // Reading must not take the index's lock from a git that works there.
      env: { ...env, GIT_OPTIONAL_LOCKS: "0" },
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      maxBuffer: 16 * 1024 * 1024,
    });
    const files = stdout.split("\0").filter((row) => row !== "");
    return { count: files.length, files: files.slice(0, filesShown).map((row) => row.slice(3)) };
  } catch {
    // No git, no repository, or too slow: nothing is known then, and nothing is claimed.
    signal?.throwIfAborted();
    return null;
  }
}
