import * as z from "zod";
import type { HookObservation } from "../../contract/observation.ts";
import type { Problem } from "../../contract/worker.ts";

/** What Claude Code 2.1.330 posts at its hooks, read loosely: a field that is missing or strange is null. */
export type Payload = z.infer<typeof payload>;

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

const payload = z.looseObject({
  hook_event_name: z.string(),
  session_id: z.string(),
  transcript_path: text,
  cwd: text,
  prompt_id: text,
  /** Only inside a subagent; empty in Claude's internal ones. */
  agent_id: text,
  agent_type: text,
  source: text,
  reason: text,
  prompt: text,
  last_assistant_message: text,
  background_tasks: z
    .array(z.looseObject({ status: text }))
    .nullish()
    .catch(null),
  error: text,
  message: text,
  notification_type: text,
  tool_name: text,
  tool_input: z.unknown().optional(),
});

/** undefined for what no hook of Claude Code posts. */
export function parsePayload(body: unknown): Payload | undefined {
  return payload.safeParse(body).data;
}

type Told = HookObservation & { at: number };

/** What a payload says, for every event but PermissionRequest; undefined for what does not concern us. */
export function observe(payload: Payload, at: number): Told | undefined {
  const { session_id: conversation, transcript_path: transcript, prompt_id: prompt, source, reason } = payload;
  const common = { signal: "hook", at, conversation, transcript } as const;
  switch (payload.hook_event_name) {
    case "SessionStart":
      return { ...common, event: "SessionStart", source: source ?? "" };
    case "SessionEnd":
      return { ...common, event: "SessionEnd", reason: reason ?? "" };
    case "UserPromptSubmit":
      return { ...common, event: "UserPromptSubmit", text: payload.prompt ?? "", prompt };
    case "Stop":
      return {
        ...common,
        event: "Stop",
        lastText: payload.last_assistant_message,
        background: running(payload),
        prompt,
      };
    case "StopFailure":
      return { ...common, event: "StopFailure", problem: problem(payload, at) };
    case "SubagentStop":
      // /compact ends two internal agents that have no type; they are nobody's work.
      return payload.agent_id && payload.agent_type
        ? { ...common, event: "SubagentStop", agent: payload.agent_id }
        : undefined;
    case "Notification":
      return { ...common, event: "Notification", kind: payload.notification_type ?? "", text: payload.message ?? "" };
    default:
      return undefined;
  }
}

const running = ({ background_tasks: tasks }: Payload) => (tasks ?? []).filter((t) => t.status === "running").length;

const problems: Readonly<Record<string, Problem["is"]>> = {
  authentication_failed: "signed_out",
  rate_limit: "rate_limited",
};

function problem({ error, last_assistant_message: words }: Payload, at: number): Problem {
  return { is: problems[error ?? ""] ?? "api_error", text: words ?? error ?? "Claude Code could not go on.", at };
}
