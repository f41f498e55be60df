import { writeSync } from "node:fs";
import type { Socket } from "node:net";
import type { IPty } from "@lydell/node-pty";
import { terminalGone } from "../failures.ts";
import { type Ending, endingOfCode, endingOfSignal } from "../process/ending.ts";
import type { Command } from "../terminal.ts";
import { wrap } from "./wrapper.ts";
import { createWriter } from "./writer.ts";

export type Spawn = typeof import("@lydell/node-pty").spawn;

/** The wrapper in its pseudo-terminal: bytes in, bytes out, and its end. */
export interface PtyProcess {
  readonly pid: number;
  onOutput(listener: (output: string) => void): void;
  /** Resolves when handed over. Rejects with TERMINAL_GONE. */
  write(text: string): Promise<void>;
  /** Leaves the output where it is, which holds the program back, until `release`. */
  hold(): void;
  release(): void;
  resize(cols: number, rows: number): void;
  /** Ends the wrapper and the terminal at once. */
  kill(): void;
  /** How the wrapper ended; by then its process is gone. */
  readonly gone: Promise<Ending>;
}

/** What node-pty's terminal has beyond its types. */
interface UnixPty extends IPty {
  readonly fd: number;
  readonly _socket: Socket;
}

/** Starts the command in its wrapper. Throws what node-pty throws. */
export function startPtyProcess(
  spawn: Spawn,
  command: Command,
  options: { nonce: string; cols: number; rows: number },
): PtyProcess {
  const { nonce, cols, rows } = options;
  const { file, args } = wrap(command, nonce);
  const env = { TERM: "xterm-256color", COLORTERM: "truecolor", ...command.env };
  const pty = spawn(file, args, { name: env.TERM, cols, rows, cwd: command.cwd, env }) as UnixPty;
  // Without a listener of ours node-pty throws read errors into the event loop; the end is told by onExit all the same.
  pty._socket.on("error", () => undefined);
  const writer = createWriter((bytes) => put(pty, bytes));
  let isGone = false;

  return {
    pid: pty.pid,
    onOutput: (listener) => void pty.onData(listener),
    write: (text) => writer.write(text),
    hold: () => pty.pause(),
    release: () => pty.resume(),
    resize(newCols, newRows) {
      if (pty._socket.destroyed) throw terminalGone();
      pty.resize(newCols, newRows);
    },
    kill() {
      writer.end(terminalGone());
      if (!isGone) pty.kill("SIGKILL");
    },
    gone: new Promise((done) => {
      pty.onExit(({ exitCode, signal }) => {
        isGone = true;
        writer.end(terminalGone());
        done((signal && endingOfSignal(signal)) || endingOfCode(exitCode));
      });
    }),
  };
}

/** Returns how many bytes were taken, 0 when there is no room. Not node-pty's `write`: that blocks us until the program reads. */
function put(pty: UnixPty, bytes: Buffer): number {
  // Once the socket is closed, its number may already belong to another file.
  if (pty._socket.destroyed) throw terminalGone();
  try {
    return writeSync(pty.fd, bytes);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EAGAIN") return 0;
    throw terminalGone(cause);
  }
}
