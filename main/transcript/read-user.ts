import type { Entry, Line, Result } from "./entry.ts";
import { count, cut, type Loose, list, record, text, textOf } from "./loose.ts";
import { peerWords, printedBy, slashCommand, tagged, taskWords } from "./tagged.ts";

const resultLength = 4000;

/** Reads a line of type `user`: most of them were not typed by a person. */
export function readUser(raw: Loose, line: Line): Entry {
  const content = record(raw.message).content;
  const results = resultsOf(raw, content);
  if (results.length > 0) return { ...line, is: "returned", results };
  const words = textOf(content);
  if (raw.isCompactSummary === true) return { ...line, is: "recapped", text: words };
  const origin = text(record(raw.origin).kind);
  if (origin !== null && origin !== "human") return notified(raw, line, words, origin === "task-notification");
  if (raw.isMeta === true || raw.isVisibleInTranscriptOnly === true) return { ...line, is: "other" };
  return (origin === null && notTyped(raw, line, words)) || prompted(raw, line, words);
}

function prompted(raw: Loose, line: Line, words: string): Entry {
  // What a person typed is never read as a command's frame, even if it looks like one.
  const slash = raw.promptSource === undefined ? slashCommand(words) : null;
  return {
    ...line,
    is: "prompt",
    prompt: text(raw.promptId),
    text: slash?.text ?? words,
    queued: typeof raw.promptSource === "string" ? raw.promptSource === "queued" : null,
    turn: count(record(raw.turnPosition).turnIndex) || null,
    command: slash?.command ?? null,
  };
}

/** The lines without an origin that Claude Code itself wrote; null for all others (versions before origins existed). */
function notTyped(raw: Loose, line: Line, words: string): Entry | null {
  if (words.startsWith("[Request interrupted by user")) return { ...line, is: "interrupted" };
  const slash = slashCommand(words);
  if (slash) return { ...line, is: "commanded", ...slash, known: true };
  const shell = words.startsWith("<bash-input>") ? tagged(words, "bash-input") : null;
  if (shell !== null) return { ...line, is: "commanded", command: `!${shell}`, text: `!${shell}`, known: true };
  const printed = printedBy(words);
  if (printed === null) return null;
  const begins = raw.turnOrigin === "human";
  return { ...line, is: "printed", text: printed, failed: false, begins, prompt: text(raw.promptId) };
}

function notified(raw: Loose, line: Line, words: string, task: boolean): Entry {
  return {
    ...line,
    is: "notified",
    from: task ? "background" : "session",
    prompt: text(raw.promptId),
    text: task ? taskWords(words) : peerWords(words),
    call: task ? tagged(words, "tool-use-id") : null,
    absorbed: false,
  };
}

/** `attachment` lines: only two kinds of them say something that no other line does. */
export function readAttachment(raw: Loose, line: Line): Entry {
  const { type, prompt, origin, decision, toolUseID } = record(raw.attachment);
  if (type === "hook_permission_decision") {
    return { ...line, is: "decided", call: text(toolUseID) ?? "", allowed: decision === "allow" };
  }
  if (type !== "queued_command") return { ...line, is: "other" };
  const words = textOf(prompt);
  const kind = text(record(origin).kind);
  if (kind === null || kind === "human") return { ...line, is: "absorbed", text: words };
  const entry = notified(raw, line, words, kind === "task-notification");
  return entry.is === "notified" ? { ...entry, absorbed: true } : entry;
}

function resultsOf(raw: Loose, content: unknown): Result[] {
  const denied = typeof raw.toolDenialKind === "string" || record(raw.permissionDecision).decision === "reject";
  return list(content)
    .map(record)
    .filter((block) => block.type === "tool_result")
    .map((block) => ({
      id: text(block.tool_use_id) ?? "",
      text: cut(textOf(block.content), resultLength),
      failed: block.is_error === true,
      denied,
    }));
}
