import type { Asking } from "./asking.ts";
import type { Facts } from "./facts.ts";
import type { HookReply, Hooks } from "./hooks.ts";
import { payloadOf } from "./payloads.ts";
import type { Stage } from "./stage.ts";
import type { StatusFile } from "./status-file.ts";
import type { Transcript } from "./transcript.ts";

/** What every part of a running fake Claude works with. */
export interface Desk {
  readonly facts: Facts;
  readonly transcript: Transcript;
  readonly hooks: Hooks;
  readonly status: StatusFile;
  readonly stage: Stage;
  readonly asking: Asking;
  readonly now: () => number;
  readonly state: {
    /** The id of the current or last prompt. */
    prompt: string | null;
    /** The permission mode as hooks name it: `default` is manual. */
    mode: string;
    /** Prompts so far in this conversation. */
    count: number;
  };
}

/** Runs the hooks of an event with its payload. */
export function fire(
  { facts, transcript, hooks, state }: Desk,
  event: string,
  extras: object,
  signal?: AbortSignal,
): Promise<HookReply[]> {
  const moment = {
    conversation: transcript.conversation,
    transcript: transcript.path,
    prompt: state.prompt,
    mode: state.mode,
  };
  return hooks.fire(event, payloadOf(event, extras, moment, facts), signal);
}
