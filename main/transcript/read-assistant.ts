import type { Usage } from "../../contract/message.ts";
import type { Problem } from "../../contract/worker.ts";
import type { Call, Entry, Line } from "./entry.ts";
import { count, type Loose, list, record, text, textOf } from "./loose.ts";
import { titleOf } from "./title.ts";

/** Reads a line of type `assistant`: some blocks of a message, or an error in the shape of one. */
export function readAssistant(raw: Loose, line: Line): Entry {
  const message = record(raw.message);
  const id = text(message.id) ?? line.uuid;
  if (raw.isApiErrorMessage === true) {
    return { ...line, is: "failed", message: id, problem: problemOf(raw, textOf(message.content), line.at) };
  }
  if (message.model === "<synthetic>") return { ...line, is: "other" };
  const blocks = list(message.content).map(record);
  return {
    ...line,
    is: "said",
    message: id,
    block: typeof raw.apiBlockIndex === "number" ? raw.apiBlockIndex : null,
    model: text(message.model),
    stop: text(message.stop_reason),
    text: wordsOf(blocks, "text"),
    thinking: wordsOf(blocks, "thinking"),
    calls: callsOf(blocks, text(raw.cwd)),
    usage: usageOf(message.usage),
  };
}

const wordsOf = (blocks: readonly Loose[], type: "text" | "thinking"): string =>
  blocks
    .filter((block) => block.type === type)
    .map((block) => text(block[type]) ?? "")
    .filter((words) => words.trim() !== "")
    .join("\n");

const callsOf = (blocks: readonly Loose[], cwd: string | null): Call[] =>
  blocks
    .filter((block) => block.type === "tool_use")
    .map((block) => {
      const name = text(block.name) ?? "unknown";
      return { id: text(block.id) ?? "", name, title: titleOf(name, block.input, cwd), input: block.input };
    });

function usageOf(value: unknown): Usage | null {
  if (typeof value !== "object" || value === null) return null;
  const usage = record(value);
  return {
    input: count(usage.input_tokens),
    output: count(usage.output_tokens),
    cacheRead: count(usage.cache_read_input_tokens),
    cacheWrite: count(usage.cache_creation_input_tokens),
  };
}

/** `error` values seen in Claude Code 2.1.330: authentication_failed (401, 403), rate_limit (429), server_error (500, 529), unknown (400). */
function problemOf(raw: Loose, words: string, at: number): Problem {
  if (raw.error === "rate_limit") return { is: "rate_limited", text: words, at };
  if (raw.error === "authentication_failed") return { is: "signed_out", text: words, at };
  return { is: "api_error", text: words, at };
}
