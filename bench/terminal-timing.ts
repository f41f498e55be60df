import type { Terminal } from "../main/terminal/terminal.ts";

/** Milliseconds that this takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Resolves when the terminal's screen has this text on one of its rows. */
export async function shows(terminal: Terminal, text: string): Promise<void> {
  let wake = () => {};
  using _changes = terminal.onChange(() => wake());
  for (;;) {
    const changed = new Promise<void>((done) => {
      wake = done;
    });
    const rows = (await terminal.screen()).lines.map((runs) => runs.map((run) => run.text).join(""));
    if (rows.some((row) => row.includes(text))) return;
    await changed;
  }
}
