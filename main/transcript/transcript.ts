import type { Page } from "../../contract/message.ts";
import type { TranscriptObservation } from "../../contract/observation.ts";
import type { Context, Preview, Problem } from "../../contract/worker.ts";

/** From a submitted prompt to the end of Claude's answer, including what background agents brought back for it. */
export interface Turn {
  /** Claude's prompt ids and the texts of the messages this turn answers; several when queued prompts were merged or absorbed. */
  readonly prompts: readonly { id: string | null; text: string; at: number; absorbed: boolean }[];
  /** The last text said in it, whole; null while there is none. */
  readonly text: string | null;
  readonly messageId: string | null;
  readonly at: number;
  /** Names of the tools used, in order. */
  readonly tools: readonly string[];
  /** Its closing line was read (turn_duration, an interruption, a final failure), or the next turn began. */
  readonly ended: boolean;
  /** The closing line counted background agents still running. */
  readonly background: number;
  readonly problem: Problem | null;
}

/** What of a transcript stands in every worker. */
export interface Summary {
  readonly at: number;
  readonly messageCount: number;
  readonly lastReply: Preview | null;
  /** The tool being run, as one line. */
  readonly activity: string | null;
  readonly branch: string | null;
  readonly model: string | null;
  readonly context: Context | null;
}

/** Everything Claude wrote about one worker: a chain of conversations, since `/clear` begins a new file. */
export interface Transcript extends Disposable {
  /** Reads this file from now on: its end at once, then every appended byte once. It need not exist yet. Same path again: nothing. */
  follow(path: string): void;
  /** Resolves when everything now in the file has been read and told. */
  settled(): Promise<void>;
  readonly summary: Summary;
  /** The newest turns, oldest first; at least the last 50 that were read. */
  readonly turns: readonly Turn[];
  /** Messages `from` ≤ seq < `to`; both are cut to what exists. Counts the whole file at the first call. */
  page(range: { from?: number; to?: number }): Promise<Page>;
  /** Nothing more will be written: reads what is there, and holds no file open any more. What was read stays. */
  finish(): Promise<void>;
}

/** A fact about the turn, with the time its line carries. */
export type Told = TranscriptObservation & { at: number };

export interface TranscriptListener {
  told(observation: Told): void;
  /** The summary changed. */
  changed(summary: Summary): void;
}

export type OpenTranscript = (listener: TranscriptListener) => Transcript;
