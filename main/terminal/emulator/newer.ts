import type { Screen } from "../../../contract/screen.ts";

/** A screen but for when it was seen. */
export type Look = Omit<Screen, "rev" | "at">;

/** The old screen when it looks the same (a question answered, a spinner's frame drawn twice), so that `rev` tells changes only. */
export function newer(last: Screen | undefined, now: Look, at: number): Screen {
  if (!last) return { rev: 1, at, ...now };
  const { rev, at: _, ...before } = last;
  return JSON.stringify(before) === JSON.stringify(now) ? last : { rev: rev + 1, at, ...now };
}
