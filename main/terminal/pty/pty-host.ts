import { randomBytes } from "node:crypto";
import { unreachable } from "../failures.ts";
import { checkCommand } from "../process/check-command.ts";
import type { Terminal, TerminalHost } from "../terminal.ts";
import type { Spawn } from "./pty-process.ts";
import { startPtyTerminal } from "./pty-terminal.ts";

export interface PtyHostOptions {
  cols?: number;
  rows?: number;
  /** From SIGTERM to SIGKILL, when a terminal is closed. */
  graceMs?: number;
}

/**
 * Terminals inside this process, for machines without a terminal program of their own. They end with it: on dispose in
 * order, after a crash by the kernel's hang-up.
 */
export function createPtyHost(options: PtyHostOptions = {}): TerminalHost {
  const { cols = 120, rows = 40, graceMs = 3000 } = options;
  const terminals = new Map<string, Terminal>();
  let opened = 0;
  let disposed = false;

  return {
    kind: "pty",
    async check() {
      await loadSpawn();
      return "embedded";
    },
    async open(command, { signal }) {
      const checked = await checkCommand(command);
      const spawn = await loadSpawn();
      signal?.throwIfAborted();
      if (disposed) throw unreachable("claude-team is closing its terminals");
      const ref = `pty:${++opened}-${randomBytes(4).toString("hex")}`;
      const terminal = start(() => startPtyTerminal(spawn, checked, { ref, cols, rows, graceMs }));
      terminals.set(ref, terminal);
      terminal.onExit(() => terminals.delete(ref));
      return terminal;
    },
    find: async (ref) => terminals.get(ref),
    list: async () => [...terminals.values()],
    async [Symbol.asyncDispose]() {
      disposed = true;
      await Promise.all([...terminals.values()].map((terminal) => terminal.close()));
    },
  };
}

/** Loaded at the first use: on a machine without its native part, everything else still works. */
async function loadSpawn(): Promise<Spawn> {
  try {
    return (await import("@lydell/node-pty")).spawn;
  } catch (cause) {
    throw unreachable(
      `the embedded terminal (@lydell/node-pty) does not load on ${process.platform} ${process.arch}`,
      cause,
    );
  }
}

function start(open: () => Terminal): Terminal {
  try {
    return open();
  } catch (cause) {
    throw unreachable(`no pseudo-terminal could be opened: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}
