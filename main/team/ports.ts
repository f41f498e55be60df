import type { Observation } from "../../contract/observation.ts";
import type { Answer, Change, Request } from "../../contract/request.ts";
import type { Screen } from "../../contract/screen.ts";
import type { PermissionMode, WorkerId } from "../../contract/worker.ts";
import type { Command } from "../terminal/terminal.ts";

/** What a new worker is to be; the core has checked it. */
export interface Order {
  readonly worker: WorkerId;
  readonly name: string;
  readonly cwd: string;
  /** A UUID that becomes Claude's session id, or is the one of `from`. */
  readonly conversation: string;
  /** The conversation that it goes on with, as itself, or as a copy when `conversation` is another one. Null begins anew. */
  readonly from: string | null;
  readonly prompt: string | null;
  readonly model: string | null;
  readonly permissionMode: PermissionMode;
}

export type Describe = (tool: string, input: unknown) => { title: string; detail: string; changes?: Change[] };

/** What the core needs of Claude Code; main/claude implements it. */
export interface ClaudeCode {
  /** Finds the binary and writes the worker's own files (hook settings, token). Throws CLAUDE_NOT_FOUND. */
  prepare(order: Order, signal?: AbortSignal): Promise<Command>;
  /** Tells everything the live status file and the worker's hooks say from now on. */
  watch(subject: Subject, tell: (observation: Observation) => void): Watch;
  /** The transcript file of a conversation: where it is, or where it will be. */
  locate(conversation: string, cwd: string): Promise<string>;
  /** The process that has this conversation open now, as its live status file says; null when none does. */
  running(conversation: string): Promise<number | null>;
  /** Whether a process of this number lives; it may be another one that got the number later. */
  lives(pid: number): Promise<boolean>;
  /** What a tool call would do, for a person to decide on: nothing in it is hidden or reordered by invisible characters; pure. */
  describe: Describe;
  /** Reads a screen of Claude Code; pure. */
  read(screen: Screen): ScreenReading;
  /** Removes the worker's own files. */
  forget(worker: WorkerId): Promise<void>;
}

/** Whom to watch. `conversation` is the newest one known, `pid` the terminal's process. */
export interface Subject {
  readonly worker: WorkerId;
  readonly conversation: string;
  readonly cwd: string;
  readonly pid: number | null;
}

export interface Watch extends Disposable {
  /** Answers through the waiting hook call; false when that call is no longer there. */
  answer(request: string, answer: Answer): boolean;
  /** Ends a waiting call without an opinion, so that its process ends too; tells nothing. Harmless when it is gone. */
  release(request: string): void;
}

/** What a screen of Claude Code shows that can be acted on. */
export interface ScreenReading {
  /** An open start-up dialog, elicitation, or one that is not known. */
  readonly dialog: (Extract<Observation, { signal: "screen" }>["dialog"] & Keys) | null;
  /** An open permission or question dialog. `text`: its words with white space folded, to be matched with a request. */
  readonly asking: ({ text: string } & Keys) | null;
  readonly retrying: string | null;
  /** What stands in the input box: "" when it is empty; null when there is no box (a dialog is open, or it is starting). */
  readonly draft: string | null;
}

/** What to type for each decision; null when that cannot be done by key. */
export interface Keys {
  readonly allow: string | null;
  readonly deny: string | null;
}

/** Whether what is on the screen is this request. */
export type Matches = (
  reading: Pick<ScreenReading, "dialog"> & { readonly asking: { readonly text: string } | null },
  request: Request,
) => boolean;
