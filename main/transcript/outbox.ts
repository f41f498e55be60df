/** What is to be told, in order, also when the listener brings on more while it is told. */
export interface Outbox<T> {
  put(items: readonly T[]): void;
  /** Tells all there is. */
  flush(): void;
  clear(): void;
}

export function createOutbox<T>(tell: (item: T) => void): Outbox<T> {
  const waiting: T[] = [];
  let telling = false;
  return {
    put(items) {
      waiting.push(...items);
    },
    flush() {
      if (telling) return;
      telling = true;
      try {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) tell(item);
      } finally {
        telling = false;
      }
    },
    clear() {
      waiting.length = 0;
    },
  };
}
