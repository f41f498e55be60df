import type { Settings } from "../contract/settings.ts";
import { resumeLine } from "./claude/launch.ts";
import { createIterm2Host } from "./terminal/iterm2/iterm2-host.ts";
import { joinHosts } from "./terminal/join-hosts.ts";
import { createPtyHost } from "./terminal/pty/pty-host.ts";
import type { Terminals } from "./terminal/terminal.ts";
import { createTmuxHost } from "./terminal/tmux/tmux-host.ts";

export interface TerminalsOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The home folder. */
  readonly dir: string;
  settings(): Settings;
  readonly platform?: NodeJS.Platform;
}

/** Every host, and `auto`: iTerm2 where it can be (or a stand-in for it), else tmux, else the embedded terminal. */
export function openTerminals({ env, dir, settings, platform = process.platform }: TerminalsOptions): Terminals {
  const hasIterm2 = platform === "darwin" || env.CLAUDE_TEAM_ITERM2_SOCKET !== undefined;
  const socket = env.CLAUDE_TEAM_TMUX_SOCKET;
  const farewell = "Claude Code has ended; its conversation goes on with";
  return joinHosts({
    hosts: [
      createIterm2Host({
        ...{ env, dir },
        keepAfterExit: () => settings().keepTerminal,
        farewell: (command) => `${farewell} ${resumeLine(command)}. Return closes this pane.`,
      }),
      createTmuxHost({ env, ...(socket !== undefined && { socket }) }),
      createPtyHost(),
    ],
    wanted: () => settings().terminal,
    order: hasIterm2 ? ["iterm2", "tmux", "pty"] : ["tmux", "pty"],
    after: (ms, run) => setTimeout(run, ms).unref(),
  });
}
