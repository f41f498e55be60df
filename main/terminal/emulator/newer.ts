import type { Run, Screen } from "../../../contract/screen.ts";

/** A screen but for when it was seen. */
export type Look = Omit<Screen, "rev" | "at">;

/** The old screen when it looks the same (a question answered, a spinner's frame drawn twice), so that `rev` tells changes only. */
export function newer(last: Screen | undefined, now: Look, at: number): Screen {
  if (!last) return { rev: 1, at, ...now };
  return isSame(last, now) ? last : { rev: last.rev + 1, at, ...now };
}

const isSame = (a: Look, b: Look): boolean =>
  a.cols === b.cols &&
  a.rows === b.rows &&
  a.cursor?.row === b.cursor?.row &&
  a.cursor?.col === b.cursor?.col &&
  a.lines.length === b.lines.length &&
  a.lines.every((runs, row) => isSameRow(runs, b.lines[row]));

const isSameRow = (a: Run[], b: Run[] | undefined) => a === b || JSON.stringify(a) === JSON.stringify(b);
