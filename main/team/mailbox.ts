import type { Receipt } from "../../contract/receipt.ts";
import type { Phase } from "../../contract/worker.ts";
import { isProof, isRecord, type Letter, underway } from "./letter.ts";

/** What the mailbox does to the world; `deliver` types one letter and resolves with how it went. */
export interface MailboxDeps {
  /** Types a letter; called for one letter at a time. It moves the receipt to typed and resolves proven or not. */
  deliver(letter: Letter, signal: AbortSignal): Promise<Delivery>;
  /** Stops the running turn, for letters that interrupt. */
  interrupt(signal: AbortSignal): Promise<void>;
  /** Resolves when the letter is on disk and the phase accepts it; rejects when it cannot be, or the worker is gone. */
  ready(letter: Letter, signal: AbortSignal): Promise<Phase>;
  /** A receipt changed: to be told and written down. */
  moved(letter: Letter): void;
  report(cause: unknown): void;
}

/** `later`: a dialog or a draft came in between; nothing was lost, it waits for the next chance. */
export type Delivery = { is: "submitted" } | { is: "unconfirmed"; note: string } | { is: "later" };

export interface Mailbox extends Disposable {
  readonly letters: readonly Letter[];
  /** Takes a letter on; it is typed when its turn comes. */
  post(letter: Letter): void;
  /** A hook says that this text was submitted: the oldest letter that it fits is proven. */
  prove(text: string): void;
  /** The transcript recorded this text: the oldest letter that it fits is proven, and its answer can be found. */
  record(text: string, at: number): void;
  /** Changes a receipt's end. */
  settle(id: string, state: Receipt["state"], note?: string): void;
}

/** Letters kept after they ended, for `reply`. */
const kept = 50;

/** One worker's messages: in order, one at a time, never twice. */
export function createMailbox(deps: MailboxDeps, known: readonly Letter[] = []): Mailbox {
  let letters: Letter[] = [...known];
  let running = false;
  const stop = new AbortController();

  function move(id: string, change: Partial<Omit<Letter, "receipt">>, state?: Receipt["state"], note?: string): void {
    const before = find(id);
    letters = letters.map((letter) => {
      if (letter.receipt.id !== id) return letter;
      const notes = note ? [...letter.receipt.notes, note] : letter.receipt.notes;
      return { ...letter, ...change, receipt: { ...letter.receipt, state: state ?? letter.receipt.state, notes } };
    });
    const moved = find(id);
    if (moved && (moved.receipt.state !== before?.receipt.state || moved.prompt !== before.prompt)) deps.moved(moved);
  }

  const find = (id: string) => letters.find((l) => l.receipt.id === id);
  const next = () => letters.find((l) => l.receipt.state === "accepted" && l.chunks.length > 0);

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      for (let letter = next(); letter && !stop.signal.aborted; letter = next()) await handle(letter.receipt.id);
    } catch (cause) {
      if (!stop.signal.aborted) deps.report(cause);
    } finally {
      running = false;
    }
  }

  async function handle(id: string): Promise<void> {
    const phase = await deps.ready(letterOf(id), stop.signal);
    const letter = find(id);
    if (letter?.receipt.state !== "accepted") return; // withdrawn while it waited
    if (phase.is === "working" && letter.whenBusy === "interrupt") return deps.interrupt(stop.signal);
    const delivery = await deps.deliver(letter, stop.signal);
    if (delivery.is === "unconfirmed" && find(id)?.receipt.state === "typed")
      move(id, {}, "unconfirmed", delivery.note);
    if (delivery.is === "submitted" && find(id)?.receipt.state === "typed") move(id, {}, "submitted");
  }

  function letterOf(id: string): Letter {
    const letter = find(id);
    if (!letter) throw new Error(`letter ${id} is not in this mailbox`);
    return letter;
  }

  return {
    get letters() {
      return letters;
    },
    post(letter) {
      const ended = letters.filter((l) => !underway(l.receipt)).slice(-kept);
      letters = [...letters.filter((l) => underway(l.receipt) || ended.includes(l)), letter];
      deps.moved(letter);
      void run();
    },
    prove(text) {
      const letter = letters.find((l) => isProof(l, text));
      if (letter) move(letter.receipt.id, {}, "submitted");
    },
    record(text, at) {
      const letter = letters.find((l) => isRecord(l, text));
      if (letter) move(letter.receipt.id, { prompt: { text, at } }, "submitted");
    },
    settle: (id, state, note) => move(id, {}, state, note),
    [Symbol.dispose]: () => stop.abort(),
  };
}
