import { type Desk, fire } from "./desk.ts";

/** The one way out, whoever asks for it first. */
export interface Ending {
  readonly begun: boolean;
  /** The exit code, when all is over; rejects after `fail`. */
  readonly over: Promise<number>;
  end(reason: string, code: number): void;
  fail(cause: unknown): void;
}

const signals = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;
type Signal = keyof typeof signals;

/** `release` gives back what was taken. The live status file goes before the last hook is told (Claude Code 2.1.330). */
export function createEnding(desk: Desk, release: () => void): Ending {
  let settle: (code: number) => void = () => undefined;
  let reject: (cause: unknown) => void = () => undefined;
  const over = new Promise<number>((resolve, refuse) => {
    settle = resolve;
    reject = refuse;
  });
  const names = Object.keys(signals) as Signal[];
  const onSignal = (name: Signal) => end("other", signals[name]);
  let begun = false;
  for (const name of names) process.on(name, onSignal);

  /** False when it was begun before. */
  function begin(): boolean {
    if (begun) return false;
    begun = true;
    for (const name of names) process.off(name, onSignal);
    desk.status.remove();
    desk.stage.close();
    release();
    return true;
  }
  function end(reason: string, code: number): void {
    if (!begin()) return;
    fire(desk, "SessionEnd", { reason })
      .finally(desk.hooks.end)
      .then(() => settle(code), reject);
  }
  function fail(cause: unknown): void {
    begin();
    desk.hooks.end();
    reject(cause);
  }
  return {
    get begun() {
      return begun;
    },
    over,
    end,
    fail,
  };
}
