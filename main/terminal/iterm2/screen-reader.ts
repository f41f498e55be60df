import type { Screen } from "../../../contract/screen.ts";
import { type Look, newer } from "../emulator/newer.ts";
import { oneAtATime } from "./one-at-a-time.ts";

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
