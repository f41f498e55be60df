import type { Change, Question, Request } from "./request.ts";
import type { Problem } from "./worker.ts";

/**
 * A raw signal about one worker, as the rooms below the core report it. Foreign data is already read loosely here; what is
 * not known is null. Sources: Claude Code 2.1.330.
 */
export type Observation = { at: number } & (
  | LiveObservation
  | HookObservation
  | TranscriptObservation
  | { signal: "process"; exited: { code: number | null; reason: string; lastWords: string } }
  /** Its terminal's host cannot be reached, and why; null: it can again. The process goes on. */
  | { signal: "terminal"; away: string | null }
  /** What the screen shows that no other signal tells; null when nothing of the kind is on it. */
  | {
      signal: "screen";
      dialog: { dialog: DialogKind; detail: string } | null;
      /** The words of an open permission or question dialog. */
      asking: string | null;
      retrying: string | null;
      /** Its input box is there: it can be typed to. */
      box: boolean;
    }
);

export type DialogKind = Extract<Request, { kind: "dialog" }>["dialog"];

/** `sessions/<pid>.json`. `gone`: the file is no longer there or no longer of our process. */
export type LiveObservation =
  | {
      signal: "live";
      status: "idle" | "busy" | "waiting";
      waitingFor: string | null;
      conversation: string;
      pid: number;
      name: string | null;
      version: string | null;
    }
  | { signal: "live"; status: "gone" };

/** What the worker's own hook calls told. `prompt` is Claude's prompt id, which its transcript lines carry too. */
export type HookObservation = { signal: "hook"; conversation: string; transcript: string | null } & (
  | { event: "SessionStart"; source: string }
  | { event: "SessionEnd"; reason: string }
  | { event: "UserPromptSubmit"; text: string; prompt: string | null }
  | { event: "Stop"; lastText: string | null; background: number; prompt: string | null }
  | { event: "StopFailure"; problem: Problem }
  | { event: "SubagentStop"; agent: string }
  | { event: "Notification"; kind: string; text: string }
  | { event: "PermissionRequest"; ask: Ask }
  /** The waiting call ended without an answer from us: answered elsewhere, timed out, or its process died. */
  | { event: "PermissionRequest.ended"; request: string }
);

/**
 * What a PermissionRequest hook asks; `request` is our own id for it. `input` is the tool's input, to be handed back; `cwd`
 * Claude's working directory at that moment, absent when it did not say.
 */
export type Ask = { request: string; tool: string; input: unknown; agent: string | null; cwd?: string | null } & (
  | { kind: "permission"; title: string; detail: string; changes?: Change[] }
  | { kind: "question"; questions: Question[] }
);

/** What a local command printed; `failed`: it says why it was not carried out. */
export interface Printed {
  text: string;
  failed: boolean;
}

/** What the transcript says about the state of the turn. */
export type TranscriptObservation = { signal: "transcript" } & (
  | { event: "prompted"; prompt: string | null; text: string; absorbed: boolean }
  /** A local command such as /compact or /clear was carried out, or not, and what it printed; null: nothing yet. */
  | { event: "commanded"; command: string; printed: Printed | null }
  /** What this local command, which was told before, printed. */
  | { event: "printed"; command: string; printed: Printed }
  | { event: "tool.called"; id: string; tool: string; input: unknown }
  | { event: "tool.returned"; id: string }
  | { event: "turn.ended"; background: number }
  | { event: "interrupted" }
  | { event: "failed"; problem: Problem }
  | { event: "compacted" }
);
