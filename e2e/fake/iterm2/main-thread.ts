/**
 * iTerm2's main thread: everything of all clients and of the person happens on it, one after another. While it is stalled, or
 * a dialog stands in its way, nothing happens; sockets still answer pings, for they have a thread of their own.
 */
export interface MainThread {
  /** Runs it in its turn. */
  run(task: () => void): void;
  /** Nothing runs from now on, until the returned function is called. */
  stall(): () => void;
  readonly isStalled: boolean;
}

export function createMainThread(): MainThread {
  const waiting: (() => void)[] = [];
  let stalls = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || stalls > 0 || waiting.length === 0) return;
    scheduled = true;
    setImmediate(turn);
  }

  function turn(): void {
    scheduled = false;
    if (stalls > 0) return;
    const task = waiting.shift();
    schedule();
    task?.();
  }

  return {
    run(task) {
      waiting.push(task);
      schedule();
    },
    stall() {
      let held = true;
      stalls++;
      return () => {
        if (!held) return;
        held = false;
        stalls--;
        schedule();
      };
    },
    get isStalled() {
      return stalls > 0;
    },
  };
}
