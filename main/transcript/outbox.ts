/** What is to be told, in order, also when the listener brings on more while it is told. */
export interface Outbox<T> {
  put(items: readonly T[]): void;
  /** Tells all there is. */
  flush(): void;
  clear(): void;
}

/** `join` makes one of two that stand next to each other and are one, else undefined. */
export function createOutbox<T>(tell: (item: T) => void, join: (last: T, next: T) => T | undefined): Outbox<T> {
  const waiting: T[] = [];
  let telling = false;
  return {
    put(items) {
      for (const item of items) {
        const last = waiting.at(-1);
        const one = last === undefined ? undefined : join(last, item);
        if (one === undefined) waiting.push(item);
        else waiting.splice(-1, 1, one);
      }
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
