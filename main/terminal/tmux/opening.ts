import { shellArgs, wrapperScript, wrapperShell } from "../process/wrapper-script.ts";
import type { Command } from "../terminal.ts";
import { plain, type TmuxCommand } from "./command-line.ts";

export interface Opening {
  /** The new session's name. */
  readonly name: string;
  readonly label: string;
  readonly cols: number;
  readonly rows: number;
  /** Options of the pane, by name. */
  readonly options: Readonly<Record<string, string>>;
  /** Names in the server's own environment. */
  readonly inherited: readonly string[];
}

/** What tmux sets in every pane, whatever its environment says; COLORTERM by 3.8, not yet by 3.5a. */
const ofTmux = ["TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "SHELL", "TMUX", "TMUX_PANE"];
/** `screen` and its like is what tmux draws; every system knows this one. */
const terminal = { TERM: "screen-256color", COLORTERM: "truecolor" };

/** Longer than any worker's pane waits to be looked at; `infinity` is not known everywhere. */
const forLong = 2 ** 31 - 1;

/** A session for one worker, for tmux 3.1 or later; the last command prints pane, window and pid. */
export function opening(command: Command, { name, label, cols, rows, options, inherited }: Opening): TmuxCommand[] {
  const env = { ...terminal, ...command.env };
  const cwd = plain(command.cwd);
  const pane = `=${name}:`;
  const size = ["-x", String(cols), "-y", String(rows)];
  return [
    // Before tmux 3.2 a new session takes no environment: so it begins with nothing, and its pane again with the command.
    ["new-session", "-d", "-s", name, "-n", "new", ...size, "-c", cwd, "/bin/sh", "-c", ":"],
    ["set-option", "-w", "-t", pane, "window-size", "manual"],
    ["set-option", "-w", "-t", pane, "remain-on-exit", "off"],
    // How the wrapper reports.
    ["set-option", "-w", "-t", pane, "allow-rename", "on"],
    ["rename-window", "-t", pane, "--", plain(label)],
    ...Object.entries(options).map(([key, value]): TmuxCommand => ["set-option", "-p", "-t", pane, "--", key, value]),
    ...inherited
      .filter((key) => !(key in env))
      .map((key): TmuxCommand => ["set-environment", "-t", pane, "-r", "--", key]),
    ...Object.entries(env).map(([key, value]): TmuxCommand => ["set-environment", "-t", pane, "--", key, value]),
    ["respawn-pane", "-k", "-t", pane, "-c", cwd, "--", ...wrapped({ ...command, env }, name)],
    ["display-message", "-p", "-t", pane, "#{pane_id} #{window_id} #{pane_pid}"],
  ];
}

/** The command's own environment; none of these names is a secret's. */
function wrapped({ argv, env }: Command, name: string): string[] {
  const given = ofTmux.flatMap((key) => (env[key] === undefined ? [] : [`${key}=${env[key]}`]));
  const foreign = ofTmux.filter((key) => env[key] === undefined).flatMap((key) => ["-u", key]);
  const shell = wrapperShell();
  // Renames its window: in order with the output, and told to every control client (screen's title sequence, `ESC k`).
  const report = `\\033k${reportPrefix(name)}%s\\033\\\\`;
  const script = wrapperScript({ env, report, stay: `\nexec sleep ${forLong}` });
  return ["/usr/bin/env", ...foreign, ...given, shell, ...shellArgs(shell, script, argv)];
}

const reportPrefix = (name: string) => `${name} ended `;

/** The code in a window's name, if the wrapper of this pane put it there. */
export function readReport(windowName: string, name: string): number | undefined {
  if (!windowName.startsWith(reportPrefix(name))) return undefined;
  const code = windowName.slice(reportPrefix(name).length);
  return /^\d{1,3}$/.test(code) ? Number(code) : undefined;
}

/** Names in what `show-environment` printed. A value of several lines may seem to hold more: those are removed in vain. */
export const readNames = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /^([^=\s-][^=]*)=/.exec(line)?.[1] ?? []);
