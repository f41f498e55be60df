import type { Receipt } from "../../contract/receipt.ts";
import type { Phase } from "../../contract/worker.ts";
import { start } from "../words/start.ts";
import { isNeedless, type Letter, type Outcome, proven, recorded, underway } from "./letter.ts";

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

/** `later`: something is in the way, said in `note`; nothing was lost, it waits for the next chance. */
export type Delivery =
  | { is: "submitted" }
  | { is: "unconfirmed"; note: string }
  | { is: "later"; note?: string | null };

export interface Mailbox extends Disposable {
  readonly letters: readonly Letter[];
  /** Takes a letter on; it is typed when its turn comes. */
  post(letter: Letter): void;
  /** A hook says that this text was submitted: the oldest letter that it fits is proven. */
  prove(text: string): void;
  /** The transcript recorded this text: the oldest letter that it fits is proven, and its answer can be found. */
  record(text: string, at: number): void;
  /** A command was carried out, or not. */
  carryOut(id: string, outcome: Outcome | undefined): void;
  /** Changes a receipt's end. */
  settle(id: string, ...end: End): void;
}

/** How far a receipt came, and why; `brokenOff` as in the receipt. */
type End = [state?: Receipt["state"], note?: string, brokenOff?: true];

/** Letters kept after they ended, for `reply`. */
const kept = 50;

const needless = "not sent again: the first was submitted after all";

function withoutOld(letters: readonly Letter[]): Letter[] {
  const ended = letters.filter((l) => !underway(l.receipt)).slice(-kept);
  return letters.filter((l) => underway(l.receipt) || ended.includes(l));
}

function differs(a: Letter, b: Letter): boolean {
  const [now, before] = [a.receipt, b.receipt];
  const isMoved = now.state !== before.state || now.notes.length !== before.notes.length;
  return isMoved || a.prompt !== b.prompt || a.outcome !== b.outcome;
}

function noted({ receipt, ...letter }: Letter, ...[state = receipt.state, note, brokenOff]: End): Letter {
  const notes = note ? [...receipt.notes, note] : receipt.notes;
  return { ...letter, receipt: { ...receipt, state, notes, ...(brokenOff && { brokenOff }) } };
}

/** What is in the way is said once. */
function unsaid(letter: Letter | undefined, why: string | null | undefined): string | undefined {
  return why && !letter?.receipt.notes.includes(why) ? why : undefined;
}

/** The end of a letter that this failure stopped; none when it had come through before. */
function failed(state: Receipt["state"] | undefined, cause: unknown): End {
  const why = cause instanceof Error ? cause.message : String(cause);
  if (state === "accepted") return ["undelivered", `never typed: ${why}`];
  return state === "typed" ? ["unconfirmed", `typed, not confirmed: ${why}`] : [];
}

/** One worker's messages: in order, one at a time, never twice. */
export function createMailbox(deps: MailboxDeps, known: readonly Letter[] = []): Mailbox {
  let letters: Letter[] = [...known];
  let running = false;
  const stop = new AbortController();

  function move(id: string, change: Partial<Omit<Letter, "receipt">>, ...end: End): void {
    const before = find(id);
    letters = letters.map((letter) => (letter.receipt.id === id ? { ...noted(letter, ...end), ...change } : letter));
    const moved = find(id);
    if (moved && before && differs(moved, before)) deps.moved(moved);
  }

  const find = (id: string) => letters.find((l) => l.receipt.id === id);
  /** A first task is typed by nobody, but nothing may overtake it. */
  const next = () => letters.find((l) => l.receipt.state === (l.chunks.length > 0 ? "accepted" : "typed"));

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let letter = next(); letter && !stop.signal.aborted; letter = next()) await attempt(letter);
    running = false;
  }

  /** A letter that fails gets its end, and holds up nothing. */
  async function attempt(letter: Letter): Promise<void> {
    try {
      await handle(letter);
    } catch (cause) {
      if (stop.signal.aborted) return;
      deps.report(cause);
      move(letter.receipt.id, {}, ...failed(find(letter.receipt.id)?.receipt.state, cause));
    }
  }

  async function handle(letter: Letter): Promise<void> {
    const { id, state } = letter.receipt;
    if (state === "accepted") {
      const phase = await deps.ready(letter, stop.signal);
      if (find(id)?.receipt.state !== "accepted") return; // withdrawn while it waited
      if (isNeedless(letter, letters)) return move(id, {}, "withdrawn", needless);
      if (phase.is === "working" && letter.whenBusy === "interrupt") return deps.interrupt(stop.signal);
    }
    const delivery = await deps.deliver(letter, stop.signal);
    if (delivery.is === "later") return move(id, {}, undefined, unsaid(find(id), delivery.note));
    if (find(id)?.receipt.state !== "typed") return;
    move(id, {}, delivery.is, delivery.is === "unconfirmed" ? delivery.note : undefined);
  }

  return {
    get letters() {
      return letters;
    },
    post(letter) {
      letters = [...withoutOld(letters), letter];
      deps.moved(letter);
      void run();
    },
    prove(text) {
      const letter = proven(letters, text);
      if (letter) move(letter.receipt.id, {}, "submitted");
    },
    record(text, at) {
      const letter = recorded(letters, text, at);
      if (letter) move(letter.receipt.id, { prompt: { text, at } }, "submitted");
    },
    carryOut(id, outcome) {
      const failed = outcome?.failed ? `it was not carried out: ${start(outcome.text, 200)}` : undefined;
      move(id, { outcome }, "answered", failed, outcome?.failed || undefined);
    },
    settle: (id, ...end) => move(id, {}, ...end),
    [Symbol.dispose]: () => stop.abort(),
  };
}
