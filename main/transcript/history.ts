import { TeamError } from "../../contract/error.ts";
import type { Message, ToolCall } from "../../contract/message.ts";
import type { Entry } from "./entry.ts";
import { createRecent, type Gathered, gather } from "./gather.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { readEntry } from "./read-entry.ts";
import { type MayEnd, scan } from "./scan.ts";

/** An entry and where its line stands. */
export interface Placed {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

/** The messages of one file: where each stands, the newest as they are, the others read again when asked for. */
export interface History {
  /** Takes the next entry; `live` when it was appended just now, so that a page of it is likely to be asked for. */
  add(placed: Placed, live: boolean): void;
  readonly size: number;
  /** Messages `from` ≤ number < `to`, which must exist. `runs` tells which calls still run. Throws TRANSCRIPT_MISSING. */
  messages(from: number, to: number, runs: (call: string) => boolean, life: MayEnd): Promise<Message[]>;
}

export function createHistory(path: string): History {
  const ledger = createLedger();
  const recent = createRecent();
  return {
    add({ entry, start, end }, live) {
      const seq = ledger.place(entry, start, end);
      if (live && seq !== undefined) recent.add(entry, ledger.start(seq) === start ? seq : undefined);
    },
    get size() {
      return ledger.size;
    },
    async messages(from, to, runs, life) {
      const messages = recent.slice(from, to) ?? (await read(path, ledger, from, to, life));
      return messages.map((message) => ({ ...message, tools: message.tools.map((tool) => settled(tool, runs)) }));
    },
  };
}

async function read(path: string, ledger: Ledger, from: number, to: number, life: MayEnd): Promise<Message[]> {
  const messages: Gathered = new Map();
  const each = (line: Buffer, start: number): void => {
    const seq = ledger.at(start);
    gather(messages, readEntry(line), seq !== undefined && seq >= from && seq < to ? seq : undefined);
  };
  let end = 0;
  for (let seq = from; seq < to; seq++) end = Math.max(end, ledger.end(seq));
  try {
    await scan(path, { from: ledger.start(from), to: end }, each, life);
  } catch (cause) {
    throw new TeamError("TRANSCRIPT_MISSING", `${path} cannot be read`, { cause });
  }
  return [...messages.values()];
}

/** A call that has no result and no longer runs has failed. */
function settled(tool: ToolCall, runs: (call: string) => boolean): ToolCall {
  return tool.state === "running" && !runs(tool.id) ? { ...tool, state: "failed" } : tool;
}
