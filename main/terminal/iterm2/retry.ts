/** Tries again after a failure, less and less often. */
export interface Retry extends Disposable {
  /** After the next of the waits. */
  later(): void;
  /** At once, if it waits at all. */
  atOnce(): void;
  /** It worked, or may work now: the next wait is the first one again. */
  forget(): void;
  /** Somebody tries already. */
  cancel(): void;
}

/** `waitsMs`: before the first try, the second, …; the last stands for all after it. */
export function createRetry(waitsMs: readonly number[], run: () => void): Retry {
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  function after(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(run, ms).unref();
  }

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    later: () => after(waitsMs[Math.min(failures++, waitsMs.length - 1)] ?? 0),
    atOnce() {
      if (timer) after(0);
    },
    forget() {
      failures = 0;
    },
    cancel,
    [Symbol.dispose]: cancel,
  };
}
