import type { Screen } from "../../contract/screen.ts";

/** How many rows a screen fills, from the top: to the last that shows something, or to the cursor; at least one. */
export function usedRows({ lines, cursor }: Pick<Screen, "lines" | "cursor">): number {
  return Math.max(lastShown(lines), cursor?.row ?? 0) + 1;
}

/** Nothing is to be seen on it. */
export const isBlank = ({ lines }: Pick<Screen, "lines">): boolean => lastShown(lines) < 0;

const lastShown = (lines: Screen["lines"]) =>
  lines.findLastIndex((runs) => runs.some(({ text, bg, inverse }) => text.trim() || bg || inverse));
