import type { Entry } from "./entry.ts";

/** Tells, while entries are read newest first, what is known by now. */
export interface Reach {
  see(entry: Entry): void;
  /** The whole last text. */
  readonly text: boolean;
  /** The beginning of the last turn. */
  readonly turn: boolean;
}

/** What a turn cannot go on over: an older one stands before it. */
const older: ReadonlySet<Entry["is"]> = new Set(["said", "failed", "ended", "interrupted", "returned"] as const);

export function createReach(): Reach {
  let answer: string | undefined;
  let [text, turn, beginning] = [false, false, false];

  const seeText = (entry: Entry): void => {
    if (entry.is === "prompt" && answer !== undefined) text = true;
    if (entry.is !== "said") return;
    if (entry.text !== "") answer ??= entry.message;
    if (answer !== undefined && (entry.message !== answer || entry.block === 0)) text = true;
  };

  const seeTurn = (entry: Entry): void => {
    if (beginning && older.has(entry.is)) turn = true;
    // Queued prompts may be one turn with the prompt before; a typed one never is.
    if (entry.is === "prompt" && entry.queued === false) turn = true;
    if (entry.is === "prompt" || (entry.is === "printed" && entry.begins)) beginning = true;
    if (entry.is === "notified" && entry.from === "session" && !entry.absorbed) beginning = true;
  };

  return {
    see(entry) {
      if (!text) seeText(entry);
      if (!turn) seeTurn(entry);
    },
    get text() {
      return text;
    },
    get turn() {
      return turn;
    },
  };
}
