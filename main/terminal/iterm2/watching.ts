import { createPulse } from "../emulator/pulse.ts";

/** One frame of a 60 Hz display. */
const frameMs = 16;

/** Tells the changes of a screen, and has iTerm2 tell them only while somebody listens. */
export interface Watching {
  listen(listener: () => void): Disposable;
  changed(): void;
  /** The link is a new one: nothing is subscribed there yet. */
  renew(): void;
}

export function createWatching(subscribe: (on: boolean) => Promise<void>): Watching {
  const pulse = createPulse(frameMs);
  let listeners = 0;
  let subscribed = false;
  let isSettling = false;

  /** One change at a time; listeners may come and go meanwhile. */
  async function settle(): Promise<void> {
    if (isSettling) return;
    isSettling = true;
    try {
      while (subscribed !== listeners > 0) {
        const wanted = listeners > 0;
        await subscribe(wanted);
        subscribed = wanted;
        if (wanted) pulse.beat(); // What changed before it took hold was not told.
      }
    } catch {
      // iTerm2 cannot be reached: it is done again at the return. Or the session is gone, and has nothing to tell.
    } finally {
      isSettling = false;
    }
  }

  return {
    listen(listener) {
      const entry = pulse.listen(listener);
      listeners++;
      void settle();
      let isListening = true;
      return {
        [Symbol.dispose]() {
          if (!isListening) return;
          isListening = false;
          listeners--;
          entry[Symbol.dispose]();
          void settle();
        },
      };
    },
    changed: () => pulse.beat(),
    renew() {
      subscribed = false;
      void settle();
    },
  };
}
