import type { Screen } from "../../../contract/screen.ts";
import { oneAtATime } from "./one-at-a-time.ts";

export type Look = Omit<Screen, "rev" | "at">;

/** The screens of one session, read one at a time. */
export interface ScreenReader {
  /** What is shown after this call. */
  read(): Promise<Screen>;
  /** The newest one read. */
  readonly last: Screen | undefined;
}

export function createScreenReader(fetch: () => Promise<Look>, now: () => number): ScreenReader {
  let last: Screen | undefined;
  const read = oneAtATime(async () => {
    last = newer(last, await fetch(), now());
    return last;
  });
  return {
    read,
    get last() {
      return last;
    },
  };
}

/** The old one when it looks the same, so that `rev` tells changes only. */
function newer(last: Screen | undefined, look: Look, at: number): Screen {
  if (!last) return { rev: 1, at, ...look };
  const { rev, at: _, ...before } = last;
  return JSON.stringify(before) === JSON.stringify(look) ? last : { rev: rev + 1, at, ...look };
}
