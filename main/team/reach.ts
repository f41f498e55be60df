import { TeamError } from "../../contract/error.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Why the terminal cannot be reached, when this is that failure. */
export const awayIn = (cause: unknown): string | null =>
  cause instanceof TeamError && cause.code === "TERMINAL_UNREACHABLE" ? cause.message : null;

/** Resolves when the terminal's host can be reached, which may be now. */
export function reached(terminal: Pick<Terminal, "onAway">, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let away = false;
    const subscription = terminal.onAway((why) => {
      away = why !== null;
      if (!away) done();
    });
    const stop = () => {
      reject(signal.reason);
      done();
    };
    function done(): void {
      signal.removeEventListener("abort", stop);
      queueMicrotask(() => subscription[Symbol.dispose]());
      resolve();
    }
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    else if (!away) done();
  });
}
