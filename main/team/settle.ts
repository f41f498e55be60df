import type { Phase, Worker } from "../../contract/worker.ts";
import type { Turn } from "../transcript/transcript.ts";
import { start } from "../words/start.ts";
import { type Letter, turnOf } from "./letter.ts";
import type { Mailbox } from "./mailbox.ts";

/** A turn is over when the next one has begun, or the worker is done with it: its closing line may never come. */
export function isOver(turn: Turn, turns: readonly Turn[], phase: Phase): boolean {
  const next = turns.at(-1) !== turn;
  return (next && turn.ended && turn.background === 0) || phase.is === "idle" || phase.is === "gone";
}

/** A line reaches the transcript within 0.3 s in Claude Code 2.1.330. */
const recordMs = 10_000;

const neverBegun = "Claude took it, but never began it: a hook refused it, or it was taken out of its queue";
/** The note of a message whose turn was over before it could be read again. */
export const unseen = "it was under way when claude-team stopped; what came of it stands in the conversation";

/**
 * A prompt can leave Claude's own queue again, when a person edits it there, and a hook of the person's can refuse it: proven by
 * our hook, it is never recorded. And of a transcript that is read anew after a restart of ours only the last turn is known. Ends
 * such letters `recordMs` after the worker went idle; gives the time to look again when one is still to be waited for.
 */
export function settleUnrecorded(mailbox: Mailbox, { phase, since }: Worker, now: number): number | null {
  const lost = mailbox.letters.filter((l) => l.receipt.state === "submitted");
  if (phase.is !== "idle" || lost.length === 0) return null;
  if (now < since + recordMs) return since + recordMs;
  for (const { receipt, prompt } of lost) {
    if (prompt) mailbox.settle(receipt.id, "answered", unseen);
    else mailbox.settle(receipt.id, "unconfirmed", neverBegun);
  }
  return null;
}

/** Moves the receipts whose turn is over to `answered`. `stopHeard`: a Stop hook followed the newest prompt. */
export function settleLetters(mailbox: Mailbox, turns: readonly Turn[], phase: Phase, stopHeard: boolean): void {
  for (const letter of mailbox.letters) {
    if (letter.receipt.state !== "submitted") continue;
    if (!stopHeard && isUnsent(letter, turns, phase))
      mailbox.settle(letter.receipt.id, "withdrawn", "interrupted before Claude began; not sent");
    else settleAnswered(mailbox, letter, turns, phase, stopHeard);
  }
}

function settleAnswered(
  mailbox: Mailbox,
  letter: Letter,
  turns: readonly Turn[],
  phase: Phase,
  stopHeard: boolean,
): void {
  const turn = turnOf(letter, turns);
  if (!turn || !isOver(turn, turns, phase)) return;
  const { id } = letter.receipt;
  const cutOff = phase.is === "gone" && !turn.ended && !stopHeard ? "the worker ended" : null;
  const early = turn.problem ? start(turn.problem.text, 200) : cutOff;
  if (early) mailbox.settle(id, "answered", `its turn ended early: ${early}`, true);
  else mailbox.settle(id, "answered");
}

/** Esc before the first word takes the prompt back: its line stays alone in the transcript, without any end (Claude Code 2.1.330). */
function isUnsent(letter: Letter, turns: readonly Turn[], phase: Phase): boolean {
  const turn = turnOf(letter, turns);
  const silent = turn !== undefined && turn.text === null && turn.tools.length === 0 && turn.problem === null;
  return silent && !turn.ended && phase.is === "idle";
}
