import type { TeamError } from "../../../contract/error.ts";

/** Whether iTerm2 can be reached, and all who want to know. */
export interface Away {
  /** Why it cannot; null when it can, or nobody tried. */
  readonly why: TeamError | null;
  /** Told at once when it is away already. */
  listen(listener: (why: string | null) => void): Disposable;
  /** The same again is no news. */
  tell(why: TeamError | null): void;
}

export function createAway(): Away {
  const listeners = new Set<(why: string | null) => void>();
  let now: TeamError | null = null;
  return {
    get why() {
      return now;
    },
    listen(listener) {
      const entry = (why: string | null) => listener(why);
      listeners.add(entry);
      if (now) entry(now.message);
      return { [Symbol.dispose]: () => void listeners.delete(entry) };
    },
    tell(why) {
      if (now?.message === why?.message) return;
      now = why;
      for (const listener of [...listeners]) listener(why?.message ?? null);
    },
  };
}
