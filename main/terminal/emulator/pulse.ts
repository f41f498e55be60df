/** Listeners told at most once per `ms` that something happened. Without listeners it costs nothing. */
export interface Pulse {
  beat(): void;
  listen(listener: () => void): Disposable;
}

export function createPulse(ms: number): Pulse {
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    timer = undefined;
    for (const listener of [...listeners]) listener();
  }

  return {
    beat() {
      if (listeners.size > 0) timer ??= setTimeout(tell, ms);
    },
    listen(listener) {
      const entry = () => listener();
      listeners.add(entry);
      return {
        [Symbol.dispose]() {
          listeners.delete(entry);
          if (listeners.size > 0) return;
          clearTimeout(timer);
          timer = undefined;
        },
      };
    },
  };
}
