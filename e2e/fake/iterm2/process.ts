import { randomInt } from "node:crypto";
import { spawn } from "@lydell/node-pty";
import { type PtyProcess, type Spawn, startPtyProcess } from "../../../main/terminal/pty/pty-process.ts";
import { readReport } from "../../../main/terminal/pty/wrapper.ts";
import type { Command } from "../../../main/terminal/terminal.ts";

/** A session's program in its pseudo-terminal. */
export interface SessionProcess {
  readonly pid: number;
  readonly tty: string;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  /** Leaves the output unread, until `release`. */
  hold(): void;
  release(): void;
  /** Hangs up on everything in the terminal; resolves when its leader is gone. */
  hangUp(): Promise<void>;
  /** Whether this report, from the output, tells that the program has ended. */
  hasEnded(report: string): boolean;
  /** Resolves when it ended without a report. */
  readonly gone: Promise<void>;
}

/** Starts it. Throws what node-pty throws. */
export function startProcess(
  command: Command,
  size: { cols: number; rows: number },
  onOutput: (output: string) => void,
): SessionProcess {
  const nonce = String(randomInt(2 ** 47));
  let tty = "";
  const noting: Spawn = (...given) => {
    const pty = spawn(...given);
    // node-pty has it, its types do not.
    tty = String((pty as unknown as { ptsName?: string }).ptsName ?? "");
    return pty;
  };
  const pty: PtyProcess = startPtyProcess(noting, command, { nonce, ...size });
  let isHungUp = false;
  pty.onOutput((output) => {
    if (!isHungUp) onOutput(output);
  });
  return {
    pid: pty.pid,
    tty,
    write: (text) => void pty.write(text).catch(() => undefined), // It ended: iTerm2 loses the text as well.
    resize(cols, rows) {
      try {
        pty.resize(cols, rows);
      } catch {
        // It ended a moment ago.
      }
    },
    hold: () => pty.hold(),
    release: () => pty.release(),
    async hangUp() {
      isHungUp = true;
      pty.release();
      pty.kill();
      await pty.gone;
    },
    hasEnded: (report) => readReport(report, nonce) !== undefined,
    gone: pty.gone.then(() => undefined),
  };
}
