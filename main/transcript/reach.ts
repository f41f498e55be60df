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
const older: ReadonlySet<Entry["is"]> = new Set(["said", "failed", "ended"] as const);

export function createReach(): Reach {
  let answer: string | undefined;
  let text = false;
  /** Something was seen that may begin the last turn; and then, that nothing before it can belong to that turn. */
  let [beginning, begun] = [false, false];
  /** The turn began with what a local command printed: the command stands before. */
  let wantsCommand = false;

  const seeText = (entry: Entry): void => {
    if (entry.is === "prompt" && answer !== undefined) text = true;
    if (entry.is !== "said") return;
    if (entry.text !== "") answer ??= entry.message;
    if (answer !== undefined && (entry.message !== answer || entry.block === 0)) text = true;
  };

  const seeTurn = (entry: Entry): void => {
    if (entry.is === "commanded") wantsCommand = false;
    if (begun) return;
    if (beginning && older.has(entry.is)) begun = true;
    // Queued prompts may be one turn with the prompt before; a typed one never is.
    else if (entry.is === "prompt" && entry.queued === false) begun = true;
    else if (entry.is === "prompt") beginning = true;
    else if (entry.is === "notified" && entry.from === "session" && !entry.absorbed) beginning = true;
    else if (entry.is === "printed" && entry.begins) {
      begun = true;
      wantsCommand = true;
    }
  };

  return {
    see(entry) {
      if (!text) seeText(entry);
      seeTurn(entry);
    },
    get text() {
      return text;
    },
    get turn() {
      return begun && !wantsCommand;
    },
  };
}
