import type { Phase } from "../../contract/worker.ts";
import type { Transcript, Turn } from "../transcript/transcript.ts";
import { type Letter, underway } from "./letter.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { settleLetters, unseen } from "./settle.ts";

interface Ended {
  readonly letters: readonly Letter[];
  readonly phase: Phase & { is: "gone" };
  /** Opens what the worker wrote; undefined when it never wrote anything. Most have no need of it. */
  transcript(): Transcript | undefined;
  /** A receipt changed: to be written down. */
  moved(letter: Letter): void;
  report(cause: unknown): void;
}

/**
 * The letters of a worker that ended while nobody attended it, each with its end: by what the transcript tells where Claude took
 * it, as for a worker that ends before our eyes. What is not proven is not sent again by itself.
 */
export async function settleEnded(gone: Ended): Promise<readonly Letter[]> {
  const { letters, phase, moved, report } = gone;
  if (!letters.some((l) => underway(l.receipt))) return letters;
  const transcript = gone.transcript();
  await transcript?.settled().catch(report);
  const turns = transcript?.turns ?? [];
  const mailbox = createMailbox({ deliver: ended, interrupt: ended, ready: ended, moved, report }, letters);
  for (const { text, at } of turns.flatMap((turn) => turn.prompts)) mailbox.record(text, at);
  settleLetters(mailbox, turns, phase, false);
  settleRest(mailbox, turns);
  return mailbox.letters;
}

/** Gives an end to every letter that these turns, the last of a worker that is gone, did not end. */
export function settleRest(mailbox: Mailbox, turns: readonly Turn[]): void {
  for (const letter of mailbox.letters) mailbox.settle(letter.receipt.id, ...restOf(letter, turns));
}

/** Nothing is posted any more. */
const ended = () => Promise.reject(new Error("its worker has ended"));

type Rest = Parameters<Mailbox["settle"]> extends [string, ...infer End] ? End : never;

/** The end of what the transcript did not end. */
function restOf({ receipt: { state }, prompt }: Letter, turns: readonly Turn[]): Rest {
  if (state !== "submitted") return stoppedIn(state) ?? [];
  if (!prompt) return ["unconfirmed", "Claude took it, but ended before it was written down"];
  // Of a file that is opened anew only the last turn is known.
  if (turns.some((turn) => turn.prompts.some((p) => p.at > prompt.at))) return ["answered", unseen];
  return ["answered", "the worker ended, and its answer was not found", true];
}

/** The end of a message that had this state when claude-team stopped: what was not typed never will be by itself, what was not proven stays unproven. */
export function stoppedIn(state: Letter["receipt"]["state"]): ["undelivered" | "unconfirmed", string] | undefined {
  if (state === "accepted") return ["undelivered", "claude-team stopped before it was typed"];
  return state === "typed" ? ["unconfirmed", "claude-team stopped before it was confirmed"] : undefined;
}
