import type { TmuxCommand } from "./command-line.ts";

/** Width, height and cursor of a pane, then its rows: nothing happens in between, so it has as many rows as it says. */
export const captureOf = (pane: string): TmuxCommand[] => [
  ["display-message", "-p", "-t", pane, "#{pane_width} #{pane_height} #{cursor_x} #{cursor_y}"],
  ["capture-pane", "-p", "-e", "-N", "-t", pane],
];

/** What the first of the two printed. */
export function readFacts([line = ""]: readonly string[] = []) {
  const [cols = 0, rows = 0, col = 0, row = 0] = line.split(" ").map(Number);
  return { cols, rows, cursor: { row, col } };
}

/** How many rows the next answer has, known when it is a pane's own text: undefined for all else. */
export function rowsOf(commands: readonly TmuxCommand[], answers: readonly (readonly string[])[]): number | undefined {
  return commands[answers.length]?.[0] === "capture-pane" ? readFacts(answers.at(-1)).rows : undefined;
}
