import type { Problem } from "../../contract/worker.ts";
import type { EntryOf } from "./entry.ts";
import type { Turn } from "./transcript.ts";

type Prompt = Turn["prompts"][number];

/** A turn while it is being put together. */
export interface Draft {
  readonly prompts: Prompt[];
  /** Texts of the message that is the answer so far; more than one message when a limit cut it off. */
  pieces: string[];
  messageId: string | null;
  at: number;
  readonly tools: string[];
  readonly calls: Set<string>;
  ended: boolean;
  background: number;
  problem: Problem | null;
  /** Claude's own number of the turn. */
  readonly number: number | null;
  /** Nothing followed its prompts yet. */
  fresh: boolean;
  /** The newest message and why it stopped. */
  message: string | null;
  stop: string | null;
  /** The next text takes the place of the answer so far. */
  replace: boolean;
}

export function newDraft(at: number, prompts: Prompt[] = [], number: number | null = null): Draft {
  return {
    prompts,
    pieces: [],
    messageId: null,
    at,
    tools: [],
    calls: new Set(),
    ended: false,
    background: 0,
    problem: null,
    number,
    fresh: true,
    message: null,
    stop: null,
    replace: false,
  };
}

export function turnOf(draft: Draft): Turn {
  return {
    prompts: [...draft.prompts],
    text: draft.pieces.length > 0 ? draft.pieces.join("\n") : null,
    messageId: draft.messageId,
    at: draft.at,
    tools: [...draft.tools],
    ended: draft.ended,
    background: draft.background,
    problem: draft.problem,
  };
}

/** Why an answer was cut by a limit; Claude Code 2.1.330 then lets the model go on in the same turn. */
const cutStops = new Set(["max_tokens", "model_context_window_exceeded"]);
const isCut = (stop: string | null): boolean => stop !== null && cutStops.has(stop);

export function say(draft: Draft, entry: EntryOf<"said">): void {
  if (draft.ended) reopen(draft);
  draft.fresh = false;
  if (entry.message !== draft.message && !isCut(draft.stop)) draft.replace = true;
  draft.message = entry.message;
  draft.stop = entry.stop;
  for (const call of entry.calls) {
    draft.calls.add(call.id);
    draft.tools.push(call.name);
  }
  if (entry.text === "") return;
  draft.pieces = draft.replace ? [entry.text] : [...draft.pieces, entry.text];
  draft.replace = false;
  draft.messageId = entry.message;
  draft.at = entry.at;
}

/** It goes on: a background task came back, or Claude Code prompted itself. */
export function reopen(draft: Draft): void {
  draft.ended = false;
  draft.fresh = false;
  draft.problem = null;
  draft.replace = true;
}

/** Its closing line was read. An answer whose last message was cut or refused is a problem. */
export function close(draft: Draft, at: number): void {
  draft.ended = true;
  draft.problem ??= stopProblem(draft.stop, at);
}

/** The next turn begins. Without an end this one was cut off: interrupted, taken back before an answer began, or killed. */
export function supersede(draft: Draft, at: number): void {
  if (draft.ended) return;
  const finished = draft.stop !== null && draft.stop !== "tool_use";
  close(draft, at);
  if (!finished) draft.problem ??= { is: "interrupted", text: "It ended without an answer.", at };
}

/** Whether this prompt is answered together with those of the turn: queued prompts that were sent at once. */
export function joins(draft: Draft, entry: EntryOf<"prompt">): boolean {
  if (entry.queued === false || draft.ended || !draft.fresh || draft.prompts.length === 0) return false;
  return entry.turn === null || draft.number === null || entry.turn === draft.number;
}

/** The problem that this reason to stop is, if it is one. */
export function stopProblem(stop: string | null, at: number): Problem | null {
  if (isCut(stop)) return { is: "truncated", text: "The answer reached the token limit and was cut off.", at };
  if (stop === "refusal") return { is: "refused", text: "Claude's safeguards stopped the answer.", at };
  return null;
}
