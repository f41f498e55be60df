import type { Facts } from "./facts.ts";

/** What stands in every hook payload at this moment. */
export interface Moment {
  readonly conversation: string;
  readonly transcript: string;
  /** Claude's id of the current or last prompt; null before the first. */
  readonly prompt: string | null;
  /** As hooks and transcripts name it: `default`, `acceptEdits`, … */
  readonly mode: string;
}

const withMode = ["UserPromptSubmit", "PreToolUse", "PostToolUse", "PermissionRequest", "Stop"];
const withEffort = ["PreToolUse", "PostToolUse", "PermissionRequest", "Stop", "StopFailure"];
const withTitle = ["SessionStart", "UserPromptSubmit"];

/** A hook payload as Claude Code 2.1.330 writes it. */
export function payloadOf(event: string, extras: object, moment: Moment, facts: Facts): object {
  const starting = event === "SessionStart" && moment.prompt === null;
  return {
    session_id: moment.conversation,
    transcript_path: moment.transcript,
    cwd: facts.cwd,
    ...(moment.prompt && !starting && { prompt_id: moment.prompt }),
    ...(withMode.includes(event) && { permission_mode: moment.mode }),
    ...(withEffort.includes(event) && { effort: { level: "medium" } }),
    hook_event_name: event,
    ...extras,
    ...(facts.name && withTitle.includes(event) && { session_title: facts.name }),
  };
}
