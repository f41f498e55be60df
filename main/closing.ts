/** What was opened, to be closed in reverse; one that fails to close does not keep the others open. */
export interface Closing extends AsyncDisposable {
  add(close: () => unknown): void;
}

/** Stands in for AsyncDisposableStack, which Node 20 lacks. The first failure is thrown when all are closed. */
export function createClosing(): Closing {
  const parts: (() => unknown)[] = [];
  return {
    add: (close) => parts.push(close),
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = [];
      for (let close = parts.pop(); close; close = parts.pop()) {
        try {
          await close();
        } catch (cause) {
          failures.push(cause);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
