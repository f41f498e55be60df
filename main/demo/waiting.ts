/** Waits for facts instead of moments: `changed` asks everybody who waits again. */
export interface Waiting {
  changed(): void;
  /** Resolves with the first answer that is not undefined, asked now and after every change. */
  until<T>(ask: () => T | undefined, signal?: AbortSignal): Promise<T>;
}

export function createWaiting(): Waiting {
  const waiters = new Set<() => void>();

  function until<T>(ask: () => T | undefined, signal?: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      waiters.add(settle);
      signal?.addEventListener("abort", settle);
      settle();

      function settle(): void {
        try {
          signal?.throwIfAborted();
          const answer = ask();
          if (answer === undefined) return;
          resolve(answer);
        } catch (cause) {
          reject(cause);
        }
        waiters.delete(settle);
        signal?.removeEventListener("abort", settle);
      }
    });
  }

  return {
    changed: () => {
      for (const waiter of [...waiters]) waiter();
    },
    until,
  };
}
