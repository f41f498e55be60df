import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { hostKind } from "../../contract/worker.ts";
import { startIterm2 } from "../fake/iterm2/iterm2.ts";

/** Where the workers of these specs live: a parameter of the run, so that no host needs specs of its own. */
export const testTerminal = hostKind.parse(process.env.TEST_TERMINAL ?? "pty");

/** What stands outside claude-team for it, of one world. */
export interface TerminalProgram extends AsyncDisposable {
  /** Points claude-team at it. */
  readonly env: Readonly<Record<string, string>>;
}

export async function startTerminalProgram(): Promise<TerminalProgram> {
  if (testTerminal === "iterm2") return startSimulator();
  // Also for embedded terminals: a server that a spec does not start itself takes what `auto` finds, and that is never the person's.
  return ownTmux();
}

/** A server of its own, which claude-team starts and never ends. */
function ownTmux(): TerminalProgram {
  const socket = `claude-team-${randomBytes(6).toString("hex")}`;
  return {
    env: { CLAUDE_TEAM_TMUX_SOCKET: socket },
    async [Symbol.asyncDispose]() {
      // It fails where no worker was opened: then there is no server.
      await promisify(execFile)("tmux", ["-L", socket, "kill-server"]).catch(() => undefined);
    },
  };
}

async function startSimulator(): Promise<TerminalProgram> {
  const simulator = await startIterm2();
  return {
    env: { CLAUDE_TEAM_ITERM2_SOCKET: simulator.socket, CLAUDE_TEAM_OSASCRIPT: simulator.osascript },
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}
