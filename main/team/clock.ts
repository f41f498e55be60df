/** Time as an argument: tests hold it still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs once after `ms`, unless disposed first. Never keeps the program alive. */
  after(ms: number, run: () => void): Disposable;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
};

/** An AbortSignal that fires after `ms` on this clock with a TimeoutError, or when `signal` does. Dispose it when the wait is over. */
export function deadline(clock: Clock, ms: number, signal?: AbortSignal): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = clock.after(ms, () =>
    controller.abort(new DOMException(`nothing happened in ${ms} ms`, "TimeoutError")),
  );
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      timer[Symbol.dispose]();
      signal?.removeEventListener("abort", abort);
    },
  };
}
