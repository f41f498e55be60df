import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MessagesApi, type Script, startMessagesApi } from "../fake/messages-api/messages-api.ts";
import { startTerminalProgram } from "./test-terminal.ts";

/** An isolated place on this machine: its own HOME, Claude Code configuration, projects and Messages API. */
export interface World extends AsyncDisposable {
  /** Absolute, symbolic links resolved, as all paths here. */
  readonly folder: string;
  /** CLAUDE_CONFIG_DIR. */
  readonly config: string;
  /** CLAUDE_TEAM_HOME. */
  readonly teamHome: string;
  readonly api: MessagesApi;
  /** The whole environment for a program of this world. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes a project folder; trusted by Claude Code unless told otherwise. */
  project(name: string, options?: { trusted?: boolean }): Promise<string>;
  /** Has it ended with the world, before everything that was there earlier. */
  own<T extends AsyncDisposable>(resource: T): T;
}

export interface WorldOptions {
  /** The Claude Code to run, as CLAUDE_TEAM_CLAUDE; `fake` is the scripted one of the build, which needs no API. */
  readonly claude: string;
  readonly script?: Script;
  readonly env?: Readonly<Record<string, string>>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-world-")));
  const config = join(folder, "config");
  const home = join(folder, "home");
  await Promise.all([config, home].map((path) => mkdir(path)));
  // Trusting a folder trusts all below it. Claude Code rewrites this file itself, so it is written once, before any starts.
  const trusted = { [join(folder, "projects")]: { hasTrustDialogAccepted: true } };
  await writeFile(join(config, ".claude.json"), JSON.stringify({ hasCompletedOnboarding: true, projects: trusted }), {
    mode: 0o600,
  });
  const claude = options.claude === "fake" ? await writeFakeClaude(folder) : options.claude;
  const api = await startMessagesApi(options.script && { script: options.script });
  const terminals = await startTerminalProgram();
  const owned: AsyncDisposable[] = [];

  return {
    folder,
    config,
    teamHome: join(home, ".claude-team"),
    api,
    env: environment(
      { ...terminals.env, ...options.env, HOME: home, CLAUDE_CONFIG_DIR: config, CLAUDE_TEAM_CLAUDE: claude },
      api,
    ),
    async project(name, { trusted = true } = {}) {
      const path = join(folder, trusted ? "projects" : "strange", name);
      await mkdir(path, { recursive: true });
      return path;
    },
    own(resource) {
      owned.unshift(resource);
      return resource;
    },
    async [Symbol.asyncDispose]() {
      const ends = [...owned, terminals, { [Symbol.asyncDispose]: () => api.close() }];
      const failures = await disposeAll(ends);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("; "));
    },
  };
}

async function writeFakeClaude(folder: string): Promise<string> {
  const file = join(folder, "fake-claude");
  const cli = resolve(import.meta.dirname, "../../dist/main/cli.js");
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${cli}' fake-claude "$@"\n`, { mode: 0o700 });
  return file;
}

/** One throwing end must not keep the rest alive. */
async function disposeAll(resources: readonly AsyncDisposable[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const resource of resources) {
    try {
      await resource[Symbol.asyncDispose]();
    } catch (cause) {
      failures.push(cause);
    }
  }
  return failures;
}

/** Nothing of the person's own environment gets in but what programs need to run at all. */
function environment(own: Readonly<Record<string, string>>, api: MessagesApi): Record<string, string> {
  const kept = ["PATH", "LANG", "LC_ALL", "TMPDIR", "TERM", "SHELL", "USER"];
  const inherited = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(inherited),
    ANTHROPIC_BASE_URL: api.url,
    ANTHROPIC_AUTH_TOKEN: "scripted",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    CLAUDE_CODE_MAX_RETRIES: "2",
    DISABLE_AUTOUPDATER: "1",
    ...own,
  };
}
