import { setImmediate as nextRound } from "node:timers/promises";
import { createBackwards } from "./backwards.ts";
import type { Entry } from "./entry.ts";
import type { OpenFile } from "./open-file.ts";
import { createReach } from "./reach.ts";
import type { MayEnd } from "./scan.ts";
import { skim } from "./skip.ts";
import type { Told } from "./transcript.ts";
import { createTurns, type Turns } from "./turns.ts";

/** How far back the last text is looked for before the caller goes on; one turn of tools can be longer. */
const atOnce = 1024 * 1024;

/** Reads a file from its end until its last turn is known, whatever its size. */
export interface Opening {
  /** Looks for the last text at once, within bounds. */
  findText(): void;
  /** Looks for the beginning of the last turn, in pieces between which the loop goes round. */
  findTurn(life: MayEnd): Promise<void>;
  /** What is known by now: the last turn, and what it says about the state. */
  fold(): { turns: Turns; told: Told[] };
  /** The bytes of a line that is still being written. */
  readonly torn: Buffer;
}

export function createOpening(file: OpenFile, from: number): Opening {
  const lines = createBackwards(file.fd, file.size, from);
  const reach = createReach();
  const newestFirst: Entry[] = [];

  const next = (): boolean => {
    const located = lines.next();
    if (!located) return false;
    // The newest line must tell its time; of older results the call is enough.
    const entry = skim(located.line, newestFirst.length === 0 ? "whole" : "calls");
    if (entry.is === "other") return true;
    newestFirst.push(entry);
    reach.see(entry);
    return true;
  };

  return {
    findText() {
      while (!reach.text && lines.read <= atOnce && next());
    },
    async findTurn(life) {
      for (let read = lines.read; !life.aborted && !(reach.text && reach.turn) && next(); ) {
        if (lines.read - read < atOnce) continue;
        read = lines.read;
        await nextRound();
      }
    },
    fold: () => fold(newestFirst.toReversed()),
    get torn() {
      return lines.torn;
    },
  };
}

function fold(entries: readonly Entry[]): { turns: Turns; told: Told[] } {
  const turns = createTurns();
  let told: Told[] = [];
  for (const entry of entries) {
    const begun = turns.begun;
    const more = turns.add(entry);
    told = turns.begun > begun ? more : [...told, ...more];
  }
  return { turns, told: told.filter((event) => isOpen(event, turns)) };
}

/** Of the tools, only those that still run tell something. */
function isOpen(told: Told, turns: Turns): boolean {
  if (told.event === "tool.returned") return false;
  return told.event !== "tool.called" || turns.runs(told.id);
}
