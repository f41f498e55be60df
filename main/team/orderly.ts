/** Works one after another, in the order of the calls. */
export interface Queue {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing that was called so far goes on. */
  settled(): Promise<void>;
}

/** A failure is told to its caller, and does not hold up the next. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work);
      last = result.catch(() => undefined); // told to the caller
      return result;
    },
    async settled() {
      await last;
    },
  };
}

/** Work that is done by one caller at a time for each key; who comes meanwhile gets undefined. */
export function createOnce() {
  const at = new Set<string>();
  return {
    has: (key: string): boolean => at.has(key),
    async run<T>(key: string, work: () => Promise<T>): Promise<T | undefined> {
      if (at.has(key)) return undefined;
      at.add(key);
      try {
        return await work();
      } finally {
        at.delete(key);
      }
    },
  };
}
