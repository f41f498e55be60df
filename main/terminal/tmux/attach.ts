import { nameOf } from "./pane.ts";

/** The name of our server's socket (`tmux -L`). */
export const defaultSocket = "claude-team";

/**
 * The program and its arguments that open a terminal of this ref in the person's own; undefined when it is no tmux terminal.
 * The window takes the size of the person's terminal.
 */
export function attachCommand(ref: string, socket = defaultSocket): [string, ...string[]] | undefined {
  const name = nameOf(ref);
  if (!name) return undefined;
  const target = `=${name}`;
  const size = ["set-option", "-w", "-t", `${target}:`, "window-size", "latest"];
  return ["tmux", "-L", socket, ...size, ";", "attach-session", "-t", target];
}
