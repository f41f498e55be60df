import { type Entry, nothing } from "./entry.ts";
import { type Head, readHead } from "./head.ts";
import { readEntry } from "./read-entry.ts";

/** Below this many bytes, parsing costs less than looking. */
const worthLooking = 2048;
/** From this many bytes on, a tool result is not parsed for the fold, which needs its call's id only. */
const worthSkimming = 16_384;
const headLength = 4096;

const useful = new Set(["user", "assistant", "system", "attachment"]);
const usefulAttachments = new Set(["queued_command", "hook_permission_decision"]);
const typeFirst = Buffer.from('{"type":"');
const callToken = Buffer.from('"tool_use_id"');

/**
 * Leaves out what certainly says nothing, without parsing it: in Claude Code 2.1.330 most bytes are such lines. It must not
 * rely on the order of keys; when it is not sure, the line is parsed. `results: "whole"` keeps long tool results, too.
 */
export function skim(line: Buffer, results: "whole" | "calls"): Entry {
  if (startsUseless(line)) return nothing;
  if (line.length < worthLooking) return readEntry(line);
  const head = readHead(line, headLength);
  if (isUseless(head)) return nothing;
  const call = results === "calls" && line.length >= worthSkimming ? onlyCall(line, head) : undefined;
  return call === undefined
    ? readEntry(line)
    : { ...nothing, is: "returned", results: [{ id: call, text: "", failed: false, denied: false }] };
}

/** The lines that begin with their type are told by it alone; the others begin with `parentUuid`. */
function startsUseless(line: Buffer): boolean {
  if (!line.subarray(0, typeFirst.length).equals(typeFirst)) return false;
  const end = line.indexOf(34, typeFirst.length);
  return end > 0 && end < 64 && isUselessType(line.toString("latin1", typeFirst.length, end));
}

function isUseless(head: Head): boolean {
  if (head.get("isSidechain") === true) return true;
  const type = head.get("type");
  if (typeof type === "string" && type !== "attachment") return isUselessType(type);
  const attachment = head.get("attachment.type");
  return typeof attachment === "string" && !usefulAttachments.has(attachment);
}

/** An escape in it would make it another word than it seems. */
const isUselessType = (type: string): boolean => !useful.has(type) && !type.includes("\\");

/** The call that this line answers, if it is certainly a tool result of the main conversation, and of one call only. */
function onlyCall(line: Buffer, head: Head): string | undefined {
  if (head.get("type") !== "user" || head.get("isSidechain") !== false) return undefined;
  if (head.get("message.content.[].type") !== "tool_result") return undefined;
  const first = line.indexOf(callToken);
  if (first < 0 || line.indexOf(callToken, first + 1) >= 0) return undefined;
  const call = head.get("message.content.[].tool_use_id");
  return typeof call === "string" ? call : undefined;
}
