import type { Screen } from "../../contract/screen.ts";

/** How many rows a screen fills, from the top: to the last that shows something, or to the cursor; at least one. */
export function usedRows({ lines, cursor }: Pick<Screen, "lines" | "cursor">): number {
  const last = lines.findLastIndex((runs) => runs.some(({ text, bg, inverse }) => text.trim() || bg || inverse));
  return Math.max(last, cursor?.row ?? 0) + 1;
}
