import { closeSync } from "node:fs";
import { setImmediate as nextRound } from "node:timers/promises";
import { TeamError } from "../../contract/error.ts";
import type { Message } from "../../contract/message.ts";
import type { Entry } from "./entry.ts";
import { createRecent, type Gathered, gather, type Recent } from "./gather.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { type OpenFile, openFile } from "./open-file.ts";
import { createOpening, type Opening } from "./opening.ts";
import { readEntry } from "./read-entry.ts";
import { scan } from "./scan.ts";
import { skim } from "./skip.ts";
import { Tail, type TailStart } from "./tail.ts";
import type { Summary, Told, Turn } from "./transcript.ts";
import { createTurns, type Turns } from "./turns.ts";

export interface ConversationListener {
  told(observation: Told): void;
  changed(): void;
}

interface Placed {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

/** Near the end of a file long results are parsed whole: the newest lines must tell their times. */
const newestBytes = 1024 * 1024;

/**
 * One transcript file: first its last turn, read from the end; then every line that is appended; and, in pieces meanwhile, all
 * that stands before, for the count and the index of messages.
 */
export class Conversation implements Disposable {
  readonly path: string;
  readonly #listener: ConversationListener;
  #turns: Turns = createTurns();
  /** Turns before this one are not known whole yet. */
  #firstKnown = 0;
  #ledger: Ledger = createLedger();
  #recent: Recent = createRecent();
  #tail: Tail | undefined;
  /** End of the whole lines that stood there when it was opened. */
  #opened: number;
  #stopped = false;
  /** Lines appended while those before them are not counted yet. */
  #late: Placed[] | undefined;
  #counted: Promise<void> = Promise.resolve();
  #ending = new AbortController();

  /** `from`: what stands before this offset belongs to an earlier conversation of the chain. */
  constructor(path: string, from: number, listener: ConversationListener) {
    this.path = path;
    this.#listener = listener;
    this.#opened = from;
    this.#start(from);
  }

  get summary(): Summary {
    return this.#turns.summary;
  }

  get turns(): readonly Turn[] {
    return this.#turns.turns.slice(this.#firstKnown);
  }

  /** Up to where its lines are its own. */
  get end(): number {
    return this.#tail?.end ?? this.#opened;
  }

  /** Resolves when all that is in the file now was read, told and counted. */
  async settled(): Promise<void> {
    await this.#tail?.drain();
    for (let counted: Promise<void> | undefined; counted !== this.#counted; ) {
      counted = this.#counted;
      await counted;
    }
    await this.#tail?.drain();
  }

  /** How many messages it has. */
  async count(): Promise<number> {
    await this.settled();
    return this.#ledger.size;
  }

  /** Its own messages `from` ≤ number < `to`; call `count` first. */
  async messages(from: number, to: number): Promise<Message[]> {
    const messages = this.#recent.slice(from, to) ?? (await this.#read(from, to));
    return messages.map((message) => ({ ...message, tools: message.tools.map((tool) => this.#finished(tool)) }));
  }

  /** Takes no more lines from now on. */
  stop(): void {
    this.#stopped = true;
    this.#tail?.[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#ending.abort();
    this.#tail?.[Symbol.dispose]();
  }

  #start(from: number): void {
    const file = openFile(this.path);
    if (file && file.size > from) {
      const opening = createOpening(file, from);
      opening.findText();
      this.#know(opening);
      this.#opened = file.size - opening.torn.length;
      this.#counted = this.#open(file, from, opening, this.#ending.signal);
      return;
    }
    if (file) closeSync(file.fd);
    this.#follow({ offset: from });
  }

  /** Takes over what is known of the end of the file. */
  #know(opening: Opening): Told[] {
    const { turns, told } = opening.fold();
    this.#turns = turns;
    this.#firstKnown = Math.max(0, turns.begun - 1);
    return told;
  }

  async #open(file: OpenFile, from: number, opening: Opening, signal: AbortSignal): Promise<void> {
    await nextRound();
    await opening.findTurn(signal);
    if (signal.aborted) return closeSync(file.fd);
    const told = this.#know(opening);
    this.#late = [];
    for (const observation of told) this.#listener.told(observation);
    this.#follow({ offset: file.size, file, torn: opening.torn });
    this.#listener.changed();
    await this.#count({ from, to: this.#opened, ino: file.ino }, signal);
  }

  #follow(start: TailStart): void {
    if (this.#stopped || this.#ending.signal.aborted) {
      if (start.file) closeSync(start.file.fd);
      return;
    }
    this.#tail = new Tail(this.path, start, {
      line: (line, begin, end) => this.#take({ entry: skim(line, "whole"), start: begin, end }),
      rest: () => this.#listener.changed(),
      restarted: () => this.#restart(),
    });
    this.#tail.start();
  }

  #take(placed: Placed): void {
    if (this.#ending.signal.aborted || placed.entry.is === "other") return;
    const told = this.#turns.add(placed.entry);
    if (this.#late) this.#late.push(placed);
    else this.#place(placed, this.#recent);
    for (const observation of told) this.#listener.told(observation);
  }

  #place({ entry, start, end }: Placed, recent?: Recent): void {
    const seq = this.#ledger.place(entry, start, end);
    if (seq !== undefined) recent?.add(entry, this.#ledger.start(seq) === start ? seq : undefined);
  }

  /** Reads what stands before the last turn, too; then all turns and the count are exact. */
  async #count(range: { from: number; to: number; ino: number }, signal: AbortSignal): Promise<void> {
    const turns = createTurns();
    const each = (line: Buffer, start: number, end: number): void => {
      const entry = skim(line, start < range.to - newestBytes ? "calls" : "whole");
      if (entry.is === "other") return;
      turns.add(entry);
      this.#place({ entry, start, end });
    };
    const whole = await scan(this.path, range, each, signal).catch(() => false);
    // Replaced or gone meanwhile: the tail finds that out, too, and begins again.
    if (!whole || signal.aborted) return;
    for (const placed of this.#late ?? []) {
      turns.add(placed.entry);
      this.#place(placed, this.#recent);
    }
    this.#late = undefined;
    this.#turns = turns;
    this.#firstKnown = 0;
    this.#listener.changed();
  }

  /** It is another file now: everything known of it is void. */
  #restart(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#turns = createTurns();
    this.#firstKnown = 0;
    this.#ledger = createLedger();
    this.#recent = createRecent();
    this.#late = undefined;
    this.#counted = Promise.resolve();
    this.#start(0);
    this.#listener.changed();
  }

  async #read(from: number, to: number): Promise<Message[]> {
    const ledger = this.#ledger;
    const messages: Gathered = new Map();
    const wanted = (seq: number | undefined): number | undefined =>
      seq !== undefined && seq >= from && seq < to ? seq : undefined;
    const end = Array.from({ length: to - from }, (_, i) => ledger.end(from + i)).reduce((a, b) => Math.max(a, b), 0);
    const range = { from: ledger.start(from), to: end };
    const each = (line: Buffer, start: number): void => gather(messages, readEntry(line), wanted(ledger.at(start)));
    const whole = await scan(this.path, range, each, this.#ending.signal).catch((cause: unknown) => {
      throw new TeamError("TRANSCRIPT_MISSING", `${this.path} cannot be read`, { cause });
    });
    return whole ? [...messages.values()] : [];
  }

  /** A call without a result that no longer runs has failed. */
  #finished<T extends Message["tools"][number]>(tool: T): T {
    return tool.state === "running" && !this.#turns.runs(tool.id) ? { ...tool, state: "failed" } : tool;
  }
}
