import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { TeamError } from "../../contract/error.ts";
import { loginPath } from "./login-shell.ts";
import { withoutNpm } from "./without-npm.ts";

export interface FindDeps {
  readonly env: NodeJS.ProcessEnv;
  /** `claude` of settings.json. */
  setting(): string | null;
  /** Where installers put it, when no PATH names it; absolute files. */
  readonly usualPlaces?: readonly string[];
}

export interface Found {
  /** Absolute. */
  readonly binary: string;
  readonly from: "setting" | "CLAUDE_TEAM_CLAUDE" | "PATH" | "login shell" | "usual place";
}

export interface Finder {
  /** Claude Code's binary, looked for anew each time. Throws CLAUDE_NOT_FOUND, with everywhere it looked. */
  binary(): Promise<Found>;
  /** The PATH for workers: ours when a shell started us, else the login shell's. */
  path(): Promise<string | null>;
  /** What `claude --version` says, such as `2.1.330`; null when it says nothing of the kind. */
  version(binary: string): Promise<string | null>;
}

export function createFinder({ env: given, setting, usualPlaces = placesOf(given) }: FindDeps): Finder {
  const env = withoutNpm(given);
  let asked: Promise<string | null> | undefined;
  const askShell = () => {
    asked ??= loginPath(env).then((path) => {
      // Too slow once, as at a login with much to start, is no answer for good.
      if (path === null) asked = undefined;
      return path;
    });
    return asked;
  };

  async function binary(): Promise<Found> {
    const named = setting();
    if (named) return need(named, "setting", "settings.json names");
    if (env.CLAUDE_TEAM_CLAUDE) return need(env.CLAUDE_TEAM_CLAUDE, "CLAUDE_TEAM_CLAUDE", "CLAUDE_TEAM_CLAUDE names");
    const inPath = await onPath(env.PATH);
    if (inPath) return { binary: inPath, from: "PATH" };
    const shellPath = await askShell();
    const inShell = await onPath(shellPath);
    if (inShell) return { binary: inShell, from: "login shell" };
    const usual = await firstUsable(usualPlaces);
    if (usual) return { binary: usual, from: "usual place" };
    const shell = `the PATH of ${env.SHELL || "/bin/sh"} (${shellPath ?? "it did not tell"})`;
    throw missing(`looked for claude in PATH (${env.PATH ?? "none"}), in ${shell}, and at ${usualPlaces.join(", ")}`);
  }

  /** SHLVL is set by every shell, and by nothing else. */
  async function path(): Promise<string | null> {
    return env.SHLVL && env.PATH ? env.PATH : ((await askShell()) ?? env.PATH ?? null);
  }

  async function version(file: string): Promise<string | null> {
    try {
      const { stdout } = await run(file, ["--version"], {
        timeout: 15_000,
        env: { ...env, ...(await pathVariable()) },
      });
      return /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? null;
    } catch {
      // It does not run here: whoever asks sees that there is no version, and a worker shows its words.
      return null;
    }
  }

  async function pathVariable(): Promise<{ PATH?: string }> {
    const value = await path();
    return value === null ? {} : { PATH: value };
  }

  return { binary, path, version };
}

const run = promisify(execFile);

const missing = (fact: string) => new TeamError("CLAUDE_NOT_FOUND", fact);

/** A path that somebody set on purpose is taken or refused, never passed over. */
async function need(file: string, from: Found["from"], who: string): Promise<Found> {
  if (!isAbsolute(file)) throw missing(`${who} "${file}", which is not an absolute path`);
  if (!(await isProgram(file))) throw missing(`${who} ${file}, which is not a program that can be run`);
  return { binary: file, from };
}

const onPath = (path: string | null | undefined) =>
  firstUsable(
    (path ?? "")
      .split(delimiter)
      .filter(isAbsolute)
      .map((folder) => join(folder, "claude")),
  );

async function firstUsable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if (await isProgram(file)) return file;
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}

/** Claude Code's own installers, Homebrew, and npm's global folder beside this Node. */
function placesOf({ HOME: home = "" }: NodeJS.ProcessEnv): string[] {
  const own = [
    ".claude/local/claude",
    ".local/bin/claude",
    ".npm-global/bin/claude",
    ".bun/bin/claude",
    ".volta/bin/claude",
  ];
  const shared = ["/opt/homebrew/bin/claude", "/usr/local/bin/claude", join(dirname(process.execPath), "claude")];
  return [...(home ? own.map((file) => join(home, file)) : []), ...shared];
}
