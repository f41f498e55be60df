import { homedir } from "node:os";
import { join } from "node:path";
import type { Observation } from "../../contract/observation.ts";
import type { Settings } from "../../contract/settings.ts";
import type { ClaudeCode, Order, Subject, Watch } from "../team/ports.ts";
import type { Command } from "../terminal/terminal.ts";
import { describeCall } from "./ask.ts";
import { workerEnvironment } from "./environment.ts";
import { createFinder, type Found } from "./find.ts";
import { createHookFiles } from "./hook-files.ts";
import { createHooks, type HookDoor } from "./hooks.ts";
import { launchCommand } from "./launch.ts";
import { createLiveFiles } from "./live.ts";
import { processWith } from "./open-conversation.ts";
import { createProcesses, type Processes } from "./processes.ts";
import { readScreen } from "./screen.ts";

export interface ClaudeDeps {
  /** claude-team's home folder: absolute, without anything a shell would take apart. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  settings(): Settings;
  /** The transcript rule. */
  locate(conversation: string, cwd: string): Promise<string>;
  now(): number;
  /** 256 random bits, as text that may stand in a header and a file name. */
  randomToken(): string;
  readonly processes?: Processes;
}

/** Everything that is particular to Claude Code. */
export interface Claude extends ClaudeCode, Disposable {
  /** Where its hooks call. */
  readonly hooks: HookDoor;
  /** Which Claude Code would be started; for `doctor`. Throws CLAUDE_NOT_FOUND. */
  find(): Promise<Found & { version: string | null }>;
}

export function createClaude(deps: ClaudeDeps): Claude {
  const { home, env, settings, now, randomToken, processes = createProcesses() } = deps;
  const finder = createFinder({ env, setting: () => settings().claude });
  const files = createHookFiles(home, randomToken);
  const hooks = createHooks({ tokenOf: files.tokenOf, now, randomToken });
  const sessions = join(configFolder(env), "sessions");
  const live = createLiveFiles({ folder: sessions, processes, now });

  async function prepare(order: Order, signal?: AbortSignal): Promise<Command> {
    const { binary } = await finder.binary();
    const command = launchCommand({
      ...{ binary, order, settingsFile: files.settingsOf(order.worker) },
      claudeArguments: settings().claudeArguments,
      env: workerEnvironment(env, await finder.path()),
      root: process.getuid?.() === 0,
    });
    signal?.throwIfAborted();
    await files.write(order.worker);
    return command;
  }

  function watch(subject: Subject, tell: (observation: Observation) => void): Watch {
    const hookWatch = hooks.listen(subject.worker, tell);
    const follower = live.follow(subject, tell);
    return {
      answer: hookWatch.answer,
      release: hookWatch.release,
      [Symbol.dispose]() {
        follower[Symbol.dispose]();
        hookWatch[Symbol.dispose]();
      },
    };
  }

  async function find(): Promise<Found & { version: string | null }> {
    const found = await finder.binary();
    return { ...found, version: await finder.version(found.binary) };
  }

  return {
    prepare,
    watch,
    locate: deps.locate,
    running: (conversation) => processWith(conversation, sessions, processes),
    describe: describeCall,
    lives: async (pid) => (await processes.starts([pid])).has(pid),
    read: readScreen,
    forget: files.remove,
    hooks: hooks.door,
    find,
    [Symbol.dispose]: () => live[Symbol.dispose](),
  };
}

/** Where Claude Code keeps sessions and transcripts. */
export const configFolder = (env: NodeJS.ProcessEnv) => env.CLAUDE_CONFIG_DIR || join(env.HOME || homedir(), ".claude");
