import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { HookCommand, HookTable } from "./arguments.ts";

/** What a hook's command printed, when it printed JSON. */
export type HookReply = Readonly<Record<string, unknown>>;

/** Runs the hooks of `--settings` as Claude Code 2.1.330 does: by a shell, with the payload as JSON on its input. */
export interface Hooks {
  /** Resolves when all hooks of the event have ended, with what they printed. An abort ends their processes. */
  fire(event: string, payload: object, signal?: AbortSignal): Promise<HookReply[]>;
  /** The commands that would run. */
  of(event: string): readonly HookCommand[];
  /** Ends every hook that still runs. */
  end(): void;
}

export function createHooks(table: HookTable, env: NodeJS.ProcessEnv, cwd: string): Hooks {
  const running = new Set<ChildProcess>();
  const of = (event: string) =>
    (table[event] ?? []).flatMap(({ hooks }) => hooks.filter(({ type }) => type === "command"));

  async function run(hook: HookCommand, input: string, signal?: AbortSignal): Promise<HookReply[]> {
    const child = spawn("sh", ["-c", hook.command], { cwd, env, detached: true, stdio: ["pipe", "pipe", "ignore"] });
    running.add(child);
    const stop = () => endGroup(child);
    signal?.addEventListener("abort", stop);
    const timer = setTimeout(stop, (hook.timeout ?? 600) * 1000);
    try {
      child.stdin.on("error", () => undefined); // it need not read its input
      child.stdin.end(input);
      const [printed] = await Promise.all([text(child.stdout), once(child, "exit")]);
      return parseReply(printed);
    } catch {
      return []; // a shell that cannot be started has no opinion
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      running.delete(child);
    }
  }

  return {
    of,
    async fire(event, payload, signal) {
      const input = JSON.stringify(payload);
      return (await Promise.all(of(event).map((hook) => run(hook, input, signal)))).flat();
    },
    end() {
      for (const child of running) endGroup(child);
    },
  };
}

function parseReply(printed: string): HookReply[] {
  if (!printed.trimStart().startsWith("{")) return [];
  try {
    return [JSON.parse(printed) as HookReply];
  } catch {
    return []; // Claude Code takes it for plain text
  }
}

/** The shell and what it started. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, "SIGTERM");
  } catch {
    // it ended by itself
  }
}
