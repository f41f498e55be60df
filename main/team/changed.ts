import type { Terminal } from "../terminal/terminal.ts";

/** Resolves at the next change of the screen, or when the signal fires. */
export function changed(terminal: Pick<Terminal, "onChange">, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      subscription[Symbol.dispose]();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const subscription = terminal.onChange(done);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
