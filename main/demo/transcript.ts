import { randomUUID } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { claudeVersion, type Facts, transcriptFolder } from "./facts.ts";
import type { TakenUp } from "./take-up.ts";

/** One line of a transcript. `session_id: ""` is filled with the first conversation's id. */
export type Line = { readonly type: string; readonly [field: string]: unknown };

/** The transcript file of the current conversation. It appears with its first line. */
export interface Transcript {
  readonly conversation: string;
  readonly path: string;
  /** Appends a line below the last one; returns its uuid. A given `under` hangs it elsewhere, null at nothing. */
  append(line: Line, under?: string | null): string;
  /** Appends a line that stands outside the conversation's chain. */
  note(line: Line): void;
  /** The uuid of the last line in the chain. */
  readonly leaf: string | null;
  /** The next line hangs under this one: what came after it was given back. */
  rewind(leaf: string | null): void;
  /** `/clear`: from now on another file. */
  begin(conversation: string): void;
}

export function createTranscript(facts: Facts, mode: string, now: () => number, taken?: TakenUp): Transcript {
  const folder = transcriptFolder(facts);
  let conversation = facts.firstConversation;
  let leaf: string | null = taken?.leaf ?? null;
  let headed = taken !== undefined;

  const pathOf = () => join(folder, `${conversation}.jsonl`);
  const time = () => new Date(now()).toISOString();

  function write(line: Record<string, unknown>): void {
    if (!headed) {
      headed = true;
      mkdirSync(folder, { recursive: true });
      for (const head of headLines(facts, mode)) write({ ...head, sessionId: conversation });
    }
    appendFileSync(pathOf(), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  return {
    get conversation() {
      return conversation;
    },
    get path() {
      return pathOf();
    },
    get leaf() {
      return leaf;
    },
    append(line, under = leaf) {
      const uuid = typeof line.uuid === "string" ? line.uuid : randomUUID();
      const own = line.session_id === "" && { session_id: facts.firstConversation };
      const chain = { parentUuid: under, isSidechain: false };
      write({ ...chain, ...line, uuid, timestamp: time(), ...own, ...surroundings(facts), sessionId: conversation });
      leaf = uuid;
      return uuid;
    },
    note: (line) => write({ timestamp: time(), ...line, sessionId: conversation }),
    rewind(to) {
      leaf = to;
    },
    begin(next) {
      conversation = next;
      leaf = null;
      headed = false;
    },
  };
}

const surroundings = ({ cwd, branch }: Facts) => ({
  userType: "external",
  entrypoint: "cli",
  cwd,
  version: claudeVersion,
  gitBranch: branch,
});

function headLines({ name }: Facts, mode: string): Line[] {
  const named: Line[] = name
    ? [
        { type: "custom-title", customTitle: name },
        { type: "agent-name", agentName: name },
      ]
    : [];
  return [...named, { type: "mode", mode: "normal" }, { type: "permission-mode", permissionMode: mode }];
}
