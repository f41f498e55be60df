import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Facts, transcriptFolder } from "./facts.ts";

/** Where a conversation goes on: the uuid of its last line in the chain. */
export interface TakenUp {
  readonly leaf: string | null;
}

/** Goes on with an earlier conversation; with `copy` in a file of its own. Undefined when there is none of this id. */
export function takeUp(facts: Facts, from: string): TakenUp | undefined {
  const { firstConversation: conversation } = facts;
  const pathOf = (id: string) => join(transcriptFolder(facts), `${id}.jsonl`);
  const lines = readLines(pathOf(from));
  if (!lines) return undefined;
  const copied = lines.map((line) => `${JSON.stringify({ ...line, sessionId: conversation })}\n`);
  if (from !== conversation) writeFileSync(pathOf(conversation), copied.join(""), { mode: 0o600 });
  const last = lines.findLast(({ uuid, isSidechain }) => typeof uuid === "string" && isSidechain !== true);
  return { leaf: (last?.uuid as string | undefined) ?? null };
}

function readLines(path: string): Record<string, unknown>[] | undefined {
  try {
    const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  } catch {
    // Never written, or not by us.
    return undefined;
  }
}
