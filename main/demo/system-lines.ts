import { randomUUID } from "node:crypto";
import type { HookCommand } from "./arguments.ts";
import type { Line } from "./transcript.ts";

/** The rest of a transcript's lines, as Claude Code 2.1.330 writes them; see lines.ts. */
const session = { session_id: "" };

export const hookDecisionLine = (decision: "allow" | "deny", tool: string): Line => ({
  attachment: { type: "hook_permission_decision", decision, toolUseID: tool, hookEvent: "PermissionRequest" },
  type: "attachment",
  ...session,
});

export const stopSummaryLine = (hooks: readonly HookCommand[], durationMs: number): Line => ({
  type: "system",
  subtype: "stop_hook_summary",
  hookCount: hooks.length,
  hookInfos: hooks.map(({ command }) => ({ command, durationMs })),
  hookErrors: [],
  failedHookErrorIndexes: [],
  hookAdditionalContext: [],
  preventedContinuation: false,
  stopReason: "",
  hasOutput: false,
  level: "suggestion",
  toolUseID: randomUUID(),
  ...session,
});

export const turnDurationLine = (durationMs: number, messageCount: number): Line => ({
  type: "system",
  subtype: "turn_duration",
  durationMs,
  messageCount,
  isMeta: false,
});

export const apiErrorLine = (status: number, kind: string, text: string, error: string): Line => ({
  type: "assistant",
  message: {
    diagnostics: null,
    id: randomUUID(),
    container: null,
    model: "<synthetic>",
    role: "assistant",
    stop_details: null,
    stop_reason: "stop_sequence",
    stop_sequence: "",
    type: "message",
    usage: noUsage,
    content: [{ type: "text", text }],
    context_management: null,
  },
  requestId: "req_demo",
  error,
  isApiErrorMessage: true,
  apiErrorStatus: status,
  apiErrorType: kind,
  perTurnEffort: "medium",
  failedResponseHadNoToolCall: true,
  madeBy: "model",
  ...session,
});

const noUsage = {
  output_tokens_details: null,
  input_tokens: 0,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
  service_tier: null,
  cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
  inference_geo: null,
  iterations: null,
  speed: null,
  fallback_credit: null,
};

export const enqueuedLine = (content: string): Line => ({ type: "queue-operation", operation: "enqueue", content });
export const dequeuedLine: Line = { type: "queue-operation", operation: "dequeue" };

/** A prompt that was queued while a tool ran: it leaves the queue, and the model hears of it in the middle of the turn. */
export function absorbedLines(prompt: string, submitted: string): { operation: Line; attachment: Line } {
  const command = randomUUID();
  const delivery = randomUUID();
  const told = `<system-reminder>\nThe user sent a new message while you were working:\n${prompt}\n</system-reminder>`;
  return {
    operation: {
      type: "queue-operation",
      operation: "remove",
      content: prompt,
      reason: "absorbed_mid_turn",
      commandUuid: command,
      deliveryId: delivery,
    },
    attachment: {
      attachment: {
        type: "queued_command",
        prompt,
        source_uuid: command,
        delivery_id: delivery,
        commandMode: "prompt",
        origin: { kind: "human" },
        timestamp: submitted,
        humanTurn: true,
      },
      type: "attachment",
      rendered: [{ content: told }],
      renderedRole: "system",
      ...session,
    },
  };
}

export const unknownCommandLine = (command: string): Line => ({
  type: "system",
  subtype: "informational",
  content: `Unknown command: ${command}`,
  isMeta: false,
  level: "warning",
});

const localCaveat =
  "<local-command-caveat>The command below was run directly in Claude Code, not sent to you as a request, and its output goes " +
  "straight to the user. It's recorded here as context for later messages.</local-command-caveat>";

/** What a command of Claude's own leaves behind; `prompt` is its prompt id, which `/clear` has none of. */
export function commandLines(command: string, args: string, prompt: string | null): Line[] {
  const common = { ...(prompt && { promptId: prompt, ...session }), type: "user" };
  const words = [
    `<command-name>/${command}</command-name>`,
    `<command-message>${command}</command-message>`,
    `<command-args>${args}</command-args>`,
  ].join("\n            ");
  return [
    { ...common, message: { role: "user", content: localCaveat }, isMeta: true },
    { ...common, message: { role: "user", content: words } },
  ];
}

export const commandOutputLine = (command: string, args: string, output: string): Line => ({
  type: "system",
  subtype: "local_command",
  content: `<local-command-stdout>${output}</local-command-stdout>`,
  level: "info",
  isMeta: false,
  commandRun: { command, args },
});

export const compactedLine = (prompt: string): Line => ({
  promptId: prompt,
  type: "user",
  message: {
    role: "user",
    content: "<local-command-stdout>\u001b[2mCompacted (ctrl+o to see full summary)\u001b[22m</local-command-stdout>",
  },
  repeatsCompactSummary: true,
  ...session,
});

export const compactBoundaryLine = (leaf: string | null, durationMs: number): Line => ({
  logicalParentUuid: leaf,
  type: "system",
  subtype: "compact_boundary",
  content: "Conversation compacted",
  level: "info",
  compactMetadata: {
    trigger: "manual",
    preTokens: 15_000,
    postTokens: 3000,
    cumulativeDroppedTokens: 12_000,
    durationMs,
    preCompactOrganizationsCoverStart: false,
  },
});

export const compactSummaryLine = (summary: string, prompt: string, index: number): Line => ({
  promptId: prompt,
  type: "user",
  message: {
    role: "user",
    content: `This session is being continued from a previous conversation that ran out of context. ${summary}`,
  },
  isVisibleInTranscriptOnly: true,
  isCompactSummary: true,
  turnPosition: { promptIndex: index, turnIndex: index },
  ...session,
});
