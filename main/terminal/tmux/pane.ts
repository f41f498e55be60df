import type { TmuxCommand } from "./command-line.ts";
import { readReport } from "./opening.ts";
import { controlFormat } from "./server.ts";

/** Where a terminal is in tmux. */
export interface Pane {
  /** Our name for it, which is its session's: `worker-1-3f9a2c1b`. */
  readonly name: string;
  /** `%5`. */
  readonly id: string;
  /** `@5`. */
  readonly window: string;
  readonly pid: number;
}

export interface Found extends Pane {
  /** The code that its wrapper reported; undefined while the command runs. */
  readonly code: number | undefined;
  /** It is linked into a control client's session only: a person ended its own. */
  readonly orphaned: boolean;
}

/** The pane's name, kept in tmux itself: what is found there after a restart of ours is ours. */
export const nameOption = "@claude_team_name";
export const markOption = "@claude_team_mark";

const prefix = "tmux:";
export const refOf = (name: string): string => `${prefix}${name}`;
export const nameOf = (ref: string): string | undefined =>
  ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;

const none = "-";
const format = [
  ...["#{pane_id}", "#{window_id}", "#{pane_pid}", controlFormat("control", "own")],
  `#{?${nameOption},#{${nameOption}},${none}}`,
  "#{window_name}",
].join(" ");

export const listPanes: TmuxCommand = ["list-panes", "-a", "-F", format];

/** What `listPanes` printed, without panes that are not ours. A pane stands there once for each session that shows it. */
export function readPanes(lines: readonly string[]): Found[] {
  const found = new Map<string, Found>();
  for (const line of lines) {
    const [, id = "", window = "", pid, session, name = none, label = ""] =
      /^(%\d+) (@\d+) (\d*) (\w+) (\S+) ?(.*)$/s.exec(line) ?? [];
    if (name === none) continue;
    const orphaned = session === "control" && (found.get(id)?.orphaned ?? true);
    found.set(id, { name, id, window, pid: Number(pid), code: readReport(label, name), orphaned });
  }
  return [...found.values()];
}
