import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { nameOf } from "./pane.ts";

/** The name of our server's socket (`tmux -L`). */
export const defaultSocket = "claude-team";

/** The window's own size, kept in tmux itself while somebody is attached: columns and rows. */
const sizeOption = "@claude_team_size";

/**
 * The program and its arguments that open a terminal of this ref in the person's own; undefined when it is no tmux terminal.
 * The window takes the size of the person's terminal; `giveSizeBack` is for afterwards.
 */
export function attachCommand(ref: string, socket = defaultSocket): [string, ...string[]] | undefined {
  const name = nameOf(ref);
  if (!name) return undefined;
  const target = `=${name}`;
  const window = ["-t", `${target}:`];
  // Only the first of several people finds the window in its own size.
  const keep = ["set-option", "-w", "-q", "-o", "-F", ...window, sizeOption, "#{window_width} #{window_height}"];
  const size = ["set-option", "-w", ...window, "window-size", "latest"];
  return ["tmux", "-L", socket, ...keep, ";", ...size, ";", "attach-session", "-t", target];
}

/** Gives the window of a terminal the size that it had, once nobody is attached to it any more. Never rejects: it may have ended. */
export async function giveSizeBack(
  ref: string,
  socket = defaultSocket,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const name = nameOf(ref);
  if (!name) return;
  const tmux = (...words: string[]) => promisify(execFile)("tmux", ["-L", socket, ...words], { env });
  const window = ["-t", `=${name}:`];
  try {
    const { stdout } = await tmux("display-message", "-p", ...window, `#{session_attached} #{${sizeOption}}`);
    const [, cols, rows] = /^0 (\d+) (\d+)$/.exec(stdout.trim()) ?? [];
    if (!cols || !rows) return;
    // Which makes its size its own again ("manual").
    await tmux(
      "resize-window",
      ...window,
      "-x",
      cols,
      "-y",
      rows,
      ";",
      "set-option",
      "-w",
      "-u",
      ...window,
      sizeOption,
    );
  } catch {
    // Its command ended while the person looked on, and its window with it.
  }
}
