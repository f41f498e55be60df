import type { Caller } from "../../contract/commands.ts";
import type { Receipt } from "../../contract/receipt.ts";
import { sameText } from "../terminal/paste.ts";
import type { Turn } from "../transcript/transcript.ts";
import { start } from "../words/start.ts";

/** A message of ours on its way: its receipt, and what is needed to type it, prove it and find its answer. */
export interface Letter {
  readonly receipt: Receipt;
  /** What Claude should receive, whole. */
  readonly plain: string;
  /** What is typed, piece by piece; empty for a first task, which is given as an argument. */
  readonly chunks: readonly string[];
  readonly command: boolean;
  readonly whenBusy: "hold" | "queue" | "interrupt";
  /** The transcript's own record of it, once seen: the prompt that the answer belongs to. */
  readonly prompt: { readonly text: string; readonly at: number } | null;
  /** Of a command of Claude's own: what came of it. It has no turn in which that could be found again. */
  readonly outcome?: Outcome | undefined;
}

/** What a command printed, and when; `failed`: why it was not carried out. */
export interface Outcome {
  readonly text: string;
  readonly failed: boolean;
  readonly at: number;
}

/** The first 80 characters on one line. */
function headline(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${start(line, 79)}…` : line;
}

export function newReceipt(id: string, text: string, by: Caller, at: number, notes: string[]): Receipt {
  return { id, text: headline(text), at, by, state: "accepted", notes };
}

/** The note of a message that a person withdrew. */
export const takenBack = "taken back before it was typed";

/** Still to be proven or typed: its worker is not done, whatever its phase says. */
export function underway(receipt: Receipt): boolean {
  return receipt.state === "accepted" || receipt.state === "typed" || receipt.state === "submitted";
}

/** The turn that answers this letter. A prompt is known by its text and its time; two alike were given to two letters in order. */
export function turnOf(letter: Letter, turns: readonly Turn[]): Turn | undefined {
  const { prompt } = letter;
  if (!prompt) return undefined;
  return turns.findLast((turn) => turn.prompts.some((p) => p.at === prompt.at && sameText(prompt.text, p.text)));
}

/** The letter that the transcript recorded at this time. A restart of ours tells the last turn again, which may be older. */
export function recorded(letters: readonly Letter[], text: string, at: number): Letter | undefined {
  if (letters.some((l) => l.prompt?.at === at && l.prompt.text === text)) return undefined;
  return likeliest(letters, (l) => l.receipt.at <= at && isRecord(l, text));
}

/** The letter that a hook's proof is for. */
export function proven(letters: readonly Letter[], text: string): Letter | undefined {
  return likeliest(letters, (l) => isProof(l, text));
}

/** The letter that Claude Code carried out as this command of its own at this time, as it says without repeating all of it. */
export function carriedOut(letters: readonly Letter[], command: string, at: number): Letter | undefined {
  // One that was recorded as a prompt, too, has a turn of its own, whose end is its answer: a skill, or the project's own command.
  return likeliest(letters, (l) => isOnTheWay(l) && isCommand(l, command, at));
}

/** The one whose command this was, where nothing is known of its outcome yet. */
export function silentCommand(letters: readonly Letter[], command: string, at: number): Letter | undefined {
  return letters.findLast((l) => l.receipt.state === "answered" && !l.outcome && isCommand(l, command, at));
}

/** `command` may be the name alone. */
function isCommand({ command: isOne, prompt, plain, receipt }: Letter, command: string, at: number): boolean {
  return isOne && prompt === null && receipt.at <= at && (plain === command || plain.startsWith(`${command} `));
}

/** The oldest that waits for its proof; else the newest of those that were given up. */
function likeliest(letters: readonly Letter[], fits: (letter: Letter) => boolean): Letter | undefined {
  const fitting = letters.filter(fits);
  return fitting.find((l) => l.receipt.state !== "unconfirmed") ?? fitting.at(-1);
}

/** Claude took it. */
export const isSubmitted = ({ state }: Receipt): boolean => state === "submitted" || state === "answered";

/** Whether what the transcript recorded is this letter, not matched yet. */
function isRecord(letter: Letter, text: string): boolean {
  return isOnTheWay(letter) && letter.prompt === null && sameText(letter.plain, text);
}

const isOnTheWay = ({ receipt: { state } }: Letter) =>
  state === "typed" || state === "submitted" || state === "unconfirmed";

/** Whether what a hook says was submitted is this letter, not proven yet. */
function isProof(letter: Letter, text: string): boolean {
  const { state } = letter.receipt;
  return (state === "typed" || state === "unconfirmed") && sameText(letter.plain, text);
}

/** A repeat whose first was submitted after all. */
export function isNeedless({ receipt }: Letter, letters: readonly Letter[]): boolean {
  return letters.some((l) => l.receipt.id === receipt.repeats && isSubmitted(l.receipt));
}
