import { randomInt } from "node:crypto";
import type { Screen } from "../../../contract/screen.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import { createPulse } from "../emulator/pulse.ts";
import { terminalGone } from "../failures.ts";
import { endFamily } from "../process/end-family.ts";
import { type Ending, endingOfCode, lastWords, tellOnce } from "../process/ending.ts";
import type { Command, Exit, Terminal } from "../terminal.ts";
import { type PtyProcess, type Spawn, startPtyProcess } from "./pty-process.ts";
import { readReport, reportCommand } from "./wrapper.ts";

export interface PtyTerminalOptions {
  readonly ref: string;
  readonly cols: number;
  readonly rows: number;
  readonly graceMs: number;
}

const scrollback = 200;
/** One frame of a 60 Hz display. */
const frameMs = 16;
/** Characters waiting to be drawn at which the program is held back. */
const full = 1 << 20;

/** Starts the command in a new pseudo-terminal with a screen. Throws what node-pty throws. */
export function startPtyTerminal(spawn: Spawn, command: Command, options: PtyTerminalOptions): Terminal {
  const { ref, cols, rows, graceMs } = options;
  const nonce = String(randomInt(2 ** 47));
  const pty = startPtyProcess(spawn, command, { nonce, cols, rows });
  const changed = createPulse(frameMs);
  const answer = (text: string) => {
    pty.write(text).catch(() => undefined); // The program that asked is gone.
  };
  const emulator = createEmulator({ cols, rows, scrollback, now: Date.now, answer, drawn: changed.beat });
  let last: Screen | undefined;
  let closing: Promise<unknown> | undefined;

  draw(pty, emulator);
  const exit = ending(pty, emulator, nonce).then((how): Exit => {
    last = emulator.screen();
    emulator[Symbol.dispose]();
    // The wrapper waits for this; without it the kernel hangs up on what the command left behind.
    pty.kill();
    return { ...how, lastWords: lastWords(last) };
  });

  return {
    host: "pty",
    ref,
    pid: pty.pid,
    type: (text) => pty.write(text),
    async screen() {
      await emulator.settled();
      return last ?? emulator.screen();
    },
    onChange: (listener) => changed.listen(listener),
    onExit: (listener) => tellOnce(exit, listener),
    onAway: () => ({ [Symbol.dispose]() {} }), // It is in this process: nothing can come between.
    async resize(newCols, newRows) {
      if (last) throw terminalGone();
      pty.resize(newCols, newRows);
      emulator.resize(newCols, newRows);
    },
    focus: undefined,
    name: () => Promise.resolve(), // Nothing shows it: our own panel names the worker.
    async close(grace = graceMs) {
      closing ??= last ? exit : endFamily(pty.pid, exit, grace);
      await closing;
      await pty.gone;
    },
  };
}

/** Output onto the screen, the program held back while more comes than can be drawn. */
function draw(pty: PtyProcess, emulator: Emulator): void {
  let held = false;
  pty.onOutput((output) => {
    emulator.feed(output);
    if (held || emulator.pending < full) return;
    held = true;
    pty.hold();
    void emulator.settled().then(() => {
      held = false;
      pty.release();
    });
  });
}

/** Resolves when the command has ended and all its output is drawn. */
async function ending(pty: PtyProcess, emulator: Emulator, nonce: string): Promise<Ending> {
  const reported = new Promise<Ending>((told) => {
    emulator.onCommand(reportCommand, (text) => {
      const code = readReport(text, nonce);
      if (code !== undefined) told(endingOfCode(code));
    });
  });
  const first = await Promise.race([reported, pty.gone]);
  await emulator.settled();
  // The report may have been among what was not drawn yet, and tells more than the wrapper's own end.
  return Promise.race([reported, first]);
}
