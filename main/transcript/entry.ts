import type { Usage } from "../../contract/message.ts";
import type { Problem } from "../../contract/worker.ts";

/** What every line carries; `at` is 0 and `uuid` empty where it does not. */
export interface Line {
  readonly at: number;
  readonly uuid: string;
  readonly parent: string | null;
  readonly branch: string | null;
}

export interface Call {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly input: unknown;
}

export interface Result {
  readonly id: string;
  readonly text: string;
  readonly failed: boolean;
  readonly denied: boolean;
}

/** One line of a transcript of Claude Code 2.1.330, as far as it means something here; all others are `other`. */
export type Entry = Line &
  (
    | PromptEntry
    /** A message that reached Claude while it worked (`attachment/queued_command`). */
    | { is: "absorbed"; text: string }
    | NotifiedEntry
    | SaidEntry
    | { is: "failed"; message: string; problem: Problem }
    | { is: "returned"; results: readonly Result[] }
    | { is: "interrupted" }
    /** `system/turn_duration`. */
    | { is: "ended"; background: number }
    /** A local command: `/compact`, `!ls`, or one that Claude Code does not know. */
    | { is: "commanded"; command: string; text: string; known: boolean }
    /** What a local command printed. `!ls` hands its output to Claude: then it begins a turn. */
    | { is: "printed"; text: string; failed: boolean; begins: boolean; prompt: string | null }
    | { is: "compacted"; text: string }
    /** The summary that stands for everything before a compaction. */
    | { is: "recapped"; text: string }
    | { is: "decided"; call: string; allowed: boolean }
    | { is: "noted"; text: string }
    | { is: "other" }
  );

/** A person's prompt. */
interface PromptEntry {
  is: "prompt";
  prompt: string | null;
  text: string;
  /** Whether it had waited in Claude's queue; null where the line does not say. */
  queued: boolean | null;
  /** Claude's own number of the turn; queued prompts with one answer share it. */
  turn: number | null;
  /** `/name` of a command that is carried out by prompting Claude. */
  command: string | null;
}

/** What came from elsewhere: another session, or a background task (then with the call that began it). */
interface NotifiedEntry {
  is: "notified";
  from: "session" | "background";
  prompt: string | null;
  text: string;
  call: string | null;
  absorbed: boolean;
}

/** One or more blocks of an assistant message; the rest of it may stand on other lines with the same id. */
interface SaidEntry {
  is: "said";
  message: string;
  /** Number of its first block in the message; null where the line does not say. */
  block: number | null;
  model: string | null;
  stop: string | null;
  text: string;
  thinking: string;
  calls: readonly Call[];
  usage: Usage | null;
}

export type EntryOf<K extends Entry["is"]> = Extract<Entry, { is: K }>;

export const nothing: Entry = { is: "other", at: 0, uuid: "", parent: null, branch: null };
