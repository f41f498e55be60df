import { constants } from "node:os";
import type { Screen } from "../../../contract/screen.ts";
import type { Exit } from "../terminal.ts";

const lastRows = 20;

export type Ending = Pick<Exit, "code" | "reason">;

/** A shell tells a signal as 128 + its number; a program that itself exits so is read the same way. */
export function endingOfCode(code: number): Ending {
  return endingOfSignal(code - 128) ?? { code, reason: `exited with ${code}` };
}

export function endingOfSignal(signal: number): Ending | undefined {
  const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
  return name ? { code: null, reason: `ended by ${name}` } : undefined;
}

/** Tells how it ended, once, also to who asks after the end; never to who left. */
export function tellOnce(exit: Promise<Exit>, listener: (exit: Exit) => void): Disposable {
  let listening = true;
  void exit.then((how) => {
    if (listening) listener(how);
  });
  return {
    [Symbol.dispose]() {
      listening = false;
    },
  };
}

/** The last rows that show something, as text. */
export function lastWords(screen: Screen): string {
  const rows = screen.lines.map((runs) => runs.map(({ text }) => text).join(""));
  return rows.join("\n").trimEnd().split("\n").slice(-lastRows).join("\n");
}
