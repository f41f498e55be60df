import { randomBytes, randomUUID } from "node:crypto";
import type { Line } from "./transcript.ts";

/**
 * The lines of a transcript as Claude Code 2.1.330 writes them, without what Transcript adds to each. Checked against
 * recordings; `session_id: ""` stands where Claude Code repeats the first conversation's id.
 */
export type Block =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
  | { readonly type: "tool_use"; readonly id: string; readonly name: string; readonly input: Record<string, unknown> };

const session = { session_id: "" };
const effort = { effort: "medium", perTurnEffort: "medium", madeBy: "model", ...session };
const user = (content: unknown) => ({ type: "user", message: { role: "user", content } });

export const newToolId = () => `toolu_demo${randomBytes(9).toString("hex")}`;

export const promptLine = (
  text: string,
  prompt: string,
  mode: string,
  source: "typed" | "queued",
  index: number,
): Line => ({
  promptId: prompt,
  ...user(text),
  permissionMode: mode,
  origin: { kind: "human" },
  promptSource: source,
  turnOrigin: "human",
  turnPosition: { promptIndex: index, turnIndex: index },
});

/** One line for each block, with the same message id and the same usage on each. */
export function answerLines(blocks: readonly Block[], model: string, stop: string): Line[] {
  const id = `msg_demo${randomBytes(8).toString("hex")}`;
  const common = {
    requestId: `req_${id}`,
    requestRef: randomUUID(),
    requestedModel: model,
    promptCacheRequested: "5m",
  };
  return blocks.map((block, index) => ({
    message: { ...messageHead(id, model, block, stop), usage: usageOf(blocks), stop_details: null },
    ...timesOf(block),
    apiBlockIndex: index,
    ...common,
    type: "assistant",
    ...effort,
  }));
}

const messageHead = (id: string, model: string, block: Block, stop: string | null) => ({
  id,
  type: "message",
  role: "assistant",
  model,
  content: [block],
  stop_reason: stop,
  stop_sequence: null,
});

function timesOf(block: Block) {
  if (block.type === "tool_use") return { toolInputStreamMs: 1 };
  return block.type === "thinking" ? { thinkingDurationMs: 1, thinkingDisplay: "updates" } : {};
}

/** What had been said when Esc ended it, with the message id that the interruption names. */
export function cutShortLine(text: string, model: string): { line: Line; message: string } {
  const id = `msg_demo${randomBytes(8).toString("hex")}`;
  const block: Block = { type: "text", text };
  const usage = { ...shortUsage, output_tokens: 1 };
  const line: Line = {
    message: { ...messageHead(id, model, block, null), usage },
    apiBlockIndex: 0,
    requestId: `req_${id}`,
    requestRef: randomUUID(),
    requestedModel: model,
    promptCacheRequested: "5m",
    type: "assistant",
    isAbortedMidStream: true,
    ...effort,
  };
  return { line, message: id };
}

/** Where Esc met the turn; `message`: the answer it cut short. */
export const interruptedLine = (prompt: string, where: "in its words" | "for tool use", message?: string): Line => ({
  promptId: prompt,
  ...user([{ type: "text", text: `[Request interrupted by user${where === "for tool use" ? " for tool use" : ""}]` }]),
  ...(message !== undefined && { interruptedMessageId: message }),
  ...session,
});

const shortUsage = {
  input_tokens: 12,
  cache_creation_input_tokens: 200,
  cache_read_input_tokens: 13_000,
  service_tier: "standard",
  cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
};

/** Tokens are guessed at four characters each. */
const usageOf = (blocks: readonly Block[]) => ({
  ...shortUsage,
  output_tokens: Math.ceil(JSON.stringify(blocks).length / 4),
  output_tokens_details: { thinking_tokens: 0 },
  server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
  inference_geo: "",
  iterations: [],
  speed: "standard",
  fallback_credit: null,
});

/** How a tool call ended. `by`: who allowed or denied it. */
export type Ending =
  | {
      readonly is: "ran";
      readonly by: "hook" | "person" | "rules";
      readonly content: unknown;
      readonly result: unknown;
    }
  | { readonly is: "denied"; readonly by: "hook" | "person"; readonly reason: string }
  | { readonly is: "rejected" };

const refusal =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the " +
  "new_string was NOT written to the file).";
const rejection = `${refusal} STOP what you are doing and wait for the user to tell you how to proceed.`;

export function resultLine(call: { id: string; uuid: string; name: string }, ending: Ending, prompt: string): Line {
  const source = { sourceToolAssistantUUID: call.uuid };
  const result = (content: unknown, failed?: boolean) => ({
    promptId: prompt,
    ...user([
      { tool_use_id: call.id, type: "tool_result", content, ...(failed !== undefined && { is_error: failed }) },
    ]),
  });
  if (ending.is === "rejected") {
    const denial = {
      toolUseResult: "User rejected tool use",
      toolDenialKind: "user-rejected",
      toolDenialBeforeRun: true,
    };
    return { ...result(rejection, true), ...denial, ...source, ...session };
  }
  if (ending.is === "denied") {
    const words =
      ending.by === "hook" ? ending.reason : `${refusal} To tell you how to proceed, the user said:\n${ending.reason}`;
    const denial = { toolUseResult: `Error: ${words}`, ...denials[ending.by](ending.reason) };
    return { ...result(words, true), ...denial, ...source, permissionDecision: rejected[ending.by], ...session };
  }
  const shell = call.name === "Bash";
  return {
    ...result(ending.content, shell ? false : undefined),
    toolUseResult: ending.result,
    ...(shell && { sandboxed: false }),
    ...source,
    permissionDecision: accepted[ending.by],
    ...session,
  };
}

const accepted = {
  hook: { decision: "accept", source: "hook", reasonType: "hook", reasonCode: "unknown" },
  person: { decision: "accept", source: "user_temporary", grantScope: "once", reasonCode: "unknown" },
  rules: { decision: "accept", source: "config", reasonType: "subcommandResults" },
};
const rejected = {
  hook: { decision: "reject", source: "hook", reasonType: "hook", reasonCode: "hook:PermissionRequest" },
  person: { decision: "reject", source: "user_reject", reasonCode: "unknown" },
};
const denials = {
  hook: () => ({ toolDenialKind: "permission-rule" }),
  person: (reason: string) => ({ toolDenialKind: "user-rejected", userFeedback: reason, holdsPersonsWords: true }),
};
