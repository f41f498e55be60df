import { closeSync } from "node:fs";
import { setImmediate as nextRound } from "node:timers/promises";
import type { Message } from "../../contract/message.ts";
import { createHistory, type History, type Placed } from "./history.ts";
import { type OpenFile, openFile } from "./open-file.ts";
import { createOpening, type Opening } from "./opening.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { type MayEnd, scan } from "./scan.ts";
import { skim } from "./skip.ts";
import { Tail, type TailStart } from "./tail.ts";
import { withOutput } from "./told.ts";
import type { Summary, Told, Turn } from "./transcript.ts";
import { createTurns, type Turns } from "./turns.ts";

export interface ConversationListener {
  told(observation: Told): void;
  /** The summary may have changed. */
  changed(): void;
}

/** Near the end of a file long results are parsed whole: the newest lines must tell their times. */
const newestBytes = 1024 * 1024;

/**
 * One transcript file: first its last turn, read from the end; then every line that is appended; and, in pieces meanwhile, all
 * that stands before, for the count and the places of messages.
 */
export class Conversation implements Disposable {
  readonly path: string;
  readonly #listener: ConversationListener;
  /** Ends what is under way for the file as it was. */
  #life = { aborted: false };
  #turns: Turns = createTurns();
  /** Turns before this one are not known whole yet. */
  #firstKnown = 0;
  #history: History;
  /** Lines that were told, but are not in the history yet: it waits until those before them are counted. */
  #unfiled: Placed[] = [];
  #counting = false;
  #counted: Promise<void> = Promise.resolve();
  #told: Promise<void> = Promise.resolve();
  readonly #before: Promise<unknown>;
  #tail: Tail | undefined;
  /** End of the whole lines that stood there when it was opened. */
  #opened: number;
  #stopped = false;
  readonly #untold: Outbox<Told>;

  /**
   * `from`: what stands before this offset belongs to an earlier conversation of the chain. How it stood is told after `before`:
   * the end of an earlier conversation is no news of this one.
   */
  constructor(path: string, from: number, listener: ConversationListener, before?: Conversation) {
    this.#before = before ? before.#told.catch(() => undefined) : Promise.resolve();
    this.path = path;
    this.#listener = listener;
    this.#history = createHistory(path);
    this.#untold = createOutbox((told) => listener.told(told), withOutput);
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
    this.#file();
    return this.#history.size;
  }

  /** Its own messages `from` ≤ number < `to`; they must have been counted. */
  messages(from: number, to: number): Promise<Message[]> {
    return this.#history.messages(from, to, this.#turns.runs, this.#life);
  }

  /** Takes no more lines from now on. */
  stop(): void {
    this.#stopped = true;
    this.#tail?.[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.#life.aborted = true;
    this.#untold.clear();
    this.stop();
  }

  #start(from: number): void {
    const file = openFile(this.path);
    if (file && file.size > from) {
      const opening = createOpening(file, from);
      opening.findText();
      this.#know(opening);
      this.#opened = file.size - opening.torn.length;
      const life = this.#life;
      this.#told = this.#open(file, opening, life);
      this.#counted = this.#told.then(() => this.#count({ from, to: this.#opened, ino: file.ino }, life));
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

  async #open(file: OpenFile, opening: Opening, life: MayEnd): Promise<void> {
    await nextRound();
    await opening.findTurn(life);
    await this.#before;
    if (life.aborted) return closeSync(file.fd);
    this.#untold.put(this.#know(opening));
    this.#counting = true;
    this.#untold.flush();
    this.#follow({ offset: file.size, file, torn: opening.torn });
    this.#listener.changed();
  }

  #follow(start: TailStart): void {
    if (this.#stopped) {
      if (start.file) closeSync(start.file.fd);
      return;
    }
    this.#tail = new Tail(this.path, start, {
      line: (line, begin, end) => this.#take({ entry: skim(line, "whole"), start: begin, end }),
      told: () => {
        this.#untold.flush();
        this.#file();
      },
      rest: () => this.#listener.changed(),
      restarted: () => this.#restart(),
    });
    this.#tail.start();
  }

  #take(placed: Placed): void {
    if (this.#stopped || placed.entry.is === "other") return;
    this.#untold.put(this.#turns.add(placed.entry));
    this.#unfiled.push(placed);
  }

  #file(): void {
    if (this.#counting) return;
    for (const placed of this.#unfiled) this.#history.add(placed, true);
    this.#unfiled = [];
  }

  /** Reads what stands before the last turn, too; then all turns and the count are exact. */
  async #count(range: { from: number; to: number; ino: number }, life: MayEnd): Promise<void> {
    if (life.aborted) return;
    const turns = createTurns();
    const history = createHistory(this.path);
    const each = (line: Buffer, start: number, end: number): void => {
      const entry = skim(line, start < range.to - newestBytes ? "calls" : "whole");
      if (entry.is === "other") return;
      turns.add(entry);
      history.add({ entry, start, end }, false);
    };
    const whole = await scan(this.path, range, each, life).catch(() => false);
    if (life.aborted) return;
    this.#counting = false;
    // Replaced or gone meanwhile: the tail finds that out, too, and begins again.
    if (!whole) return;
    for (const { entry } of this.#unfiled) turns.add(entry);
    this.#history = history;
    this.#file();
    this.#turns = turns;
    this.#firstKnown = 0;
    this.#listener.changed();
  }

  /** It is another file now: everything known of it is void. */
  #restart(): void {
    this.#life.aborted = true;
    this.#life = { aborted: false };
    this.#turns = createTurns();
    this.#firstKnown = 0;
    this.#history = createHistory(this.path);
    this.#counting = false;
    this.#unfiled = [];
    this.#untold.clear();
    this.#counted = Promise.resolve();
    this.#start(0);
    this.#listener.changed();
  }
}
