import type { Entry } from "./entry.ts";
import { begins } from "./messages.ts";

/** Messages whose further lines may still come: parallel tools and absorbed prompts stand between them. */
const openIds = 32;
const openCalls = 1000;

/** Where each message of one file stands: the index that pages are read by. Two numbers a message. */
export interface Ledger {
  /** Notes one entry and its place; the number of the message it begins or belongs to, if any. */
  place(entry: Entry, start: number, end: number): number | undefined;
  readonly size: number;
  /** Offset of the line that begins this message; the end of the last noted line of it. */
  start(message: number): number;
  end(message: number): number;
  /** The message that begins at this offset. */
  at(offset: number): number | undefined;
}

export function createLedger(): Ledger {
  const starts: number[] = [];
  const ends: number[] = [];
  const byId = new Map<string, number>();
  const byCall = new Map<string, number>();
  let compaction: number | undefined;

  const belongsTo = (entry: Entry): number | undefined => {
    if (entry.is === "said") return byId.get(entry.message);
    if (entry.is === "decided") return byCall.get(entry.call);
    if (entry.is === "returned") return entry.results.map(({ id }) => byCall.get(id)).find((seq) => seq !== undefined);
    if (entry.is === "recapped") return compaction;
    return undefined;
  };

  const note = (entry: Entry, seq: number): void => {
    if (entry.is === "returned") for (const { id } of entry.results) byCall.delete(id);
    if (entry.is !== "other") compaction = entry.is === "compacted" ? seq : undefined;
    if (entry.is !== "said") return;
    put(byId, entry.message, seq, openIds);
    for (const { id } of entry.calls) put(byCall, id, seq, openCalls);
  };

  return {
    place(entry, start, end) {
      const known = belongsTo(entry);
      if (known === undefined && !begins(entry)) return undefined;
      const seq = known ?? starts.push(start) - 1;
      ends[seq] = end;
      note(entry, seq);
      return seq;
    },
    get size() {
      return starts.length;
    },
    start: (message) => starts[message] ?? 0,
    end: (message) => ends[message] ?? 0,
    at: (offset) => search(starts, offset),
  };
}

function put(map: Map<string, number>, key: string, value: number, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value ?? "");
}

function search(sorted: readonly number[], wanted: number): number | undefined {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? 0;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
