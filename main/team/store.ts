import type { TeamEvent } from "../../contract/events.ts";
import { emptyTeam, reduce, type TeamState } from "../../contract/reduce.ts";

export type Listener = (event: TeamEvent, state: TeamState) => void;

/** The team's state and everything that waits for it. */
export interface TeamStore {
  readonly state: TeamState;
  dispatch(event: TeamEvent): void;
  subscribe(listener: Listener): Disposable;
  /** Resolves with the first answer that is not undefined, asked now and after every event. The only way anything here waits. */
  until<T>(ask: (state: TeamState) => T | undefined, signal?: AbortSignal): Promise<T>;
  /** For tests and for finding leaks. */
  readonly listenerCount: number;
}

/** `report` is told what a listener threw; all others hear the event all the same, and those after it. */
export function createStore(report: (cause: unknown) => void = throwLater): TeamStore {
  let state = emptyTeam;
  const listeners = new Set<Listener>();
  const news: [TeamEvent, TeamState][] = [];

  function dispatch(event: TeamEvent): void {
    state = reduce(state, event);
    news.push([event, state]);
    if (news.length > 1) return; // a listener dispatched: all hear this one after the one they are being told
    for (let next = news[0]; next; next = news[0]) {
      for (const listener of [...listeners]) tell(listener, ...next);
      news.shift();
    }
  }

  function tell(listener: Listener, ...news: Parameters<Listener>): void {
    try {
      listener(...news);
    } catch (cause) {
      report(cause);
    }
  }

  function subscribe(listener: Listener): Disposable {
    listeners.add(listener);
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  }

  function until<T>(ask: (state: TeamState) => T | undefined, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const subscription = subscribe(settle);
      signal?.addEventListener("abort", settle);
      settle();

      function settle(): void {
        try {
          signal?.throwIfAborted();
          const answer = ask(state);
          if (answer === undefined) return;
          resolve(answer);
        } catch (cause) {
          reject(cause);
        }
        subscription[Symbol.dispose]();
        signal?.removeEventListener("abort", settle);
      }
    });
  }

  return {
    get state() {
      return state;
    },
    get listenerCount() {
      return listeners.size;
    },
    dispatch,
    subscribe,
    until,
  };
}

/** Told to whoever hears of what nobody caught. */
function throwLater(cause: unknown): void {
  queueMicrotask(() => {
    throw cause;
  });
}
