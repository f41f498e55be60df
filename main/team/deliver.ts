import type { Phase } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { changed } from "./changed.ts";
import { type Clock, deadline } from "./clock.ts";
import { handOver, portionsOf } from "./hand-over.ts";
import type { Letter } from "./letter.ts";
import type { Delivery } from "./mailbox.ts";
import type { ScreenReading } from "./ports.ts";
import { awayIn, reached } from "./reach.ts";

export interface DeliverDeps {
  readonly terminal: Pick<Terminal, "type" | "onChange" | "onAway">;
  readonly clock: Clock;
  read(): Promise<ScreenReading>;
  phase(): Phase;
  /** What is in the letter's way, to be said once. */
  waits(letter: Letter, note: string): void;
  /** From now on it counts as typed, since nobody can tell when its first letter arrives; false when it was taken back. */
  begin(letter: Letter): boolean;
  /** Resolves when that is on disk: before Enter, so that a crash never sends it twice. */
  saved(): Promise<void>;
  /** Resolves when the receipt of this letter is past `typed`. */
  proven(letter: Letter, signal: AbortSignal): Promise<unknown>;
  /** Resolves when the phase is one of these. */
  becomes(wanted: readonly Phase["is"][], signal: AbortSignal): Promise<Phase>;
}

/** A host that fails once without being away is not asked again at once. */
const awayMs = 1000;
/** A screen that has not changed for so long is still. */
const stillMs = 3000;
const longestTimes = 4;
/** How long the pasted text may take to show in the input box; then Enter is pressed all the same. */
const shownMs = 1000;
/** Claude Code 2.1.330 takes its first task within a second of being idle; hooks of the person's own may hold it up. */
const takenMs = 30_000;
/** How long a proof may take while Claude is not working on something; 100 kB need some seconds on a busy machine. */
const provenMs = ({ plain }: Letter) => 10_000 + plain.length / 5;

/**
 * Types one letter and presses Enter, never into a dialog: Enter there approves the tool (Claude Code 2.1.330). The phase is
 * looked at before the text, and again before Enter; status turns `waiting` at least 0.28 s before a dialog takes keys.
 */
export async function deliver(letter: Letter, deps: DeliverDeps, signal: AbortSignal): Promise<Delivery> {
  if (letter.chunks.length === 0) return taken(letter, deps, signal);
  const before = await look(letter, deps, signal);
  if (!before) return { is: "later" };
  if (before.draft !== "" || !accepts(deps.phase(), letter)) {
    await somethingChanges(deps, signal);
    return { is: "later", note: inTheWay(before) };
  }
  if (!deps.begin(letter)) return { is: "later" };
  const [first = "", ...more] = portionsOf(letter.chunks);
  const begun = await handOver([first], "", deps, signal);
  await deps.saved();
  const lost = begun ?? (await handOver(more, first, deps, signal));
  if (lost !== null) return { is: "unconfirmed", note: `may stand in the input box, not submitted: ${lost}` };
  await untilShown(deps, signal);
  await deps.becomes(["idle", "working"], signal);
  await deps.terminal.type("\r");
  return confirm(letter, deps, signal);
}

/** The screen; undefined when it could not be reached, told when it can be again. */
async function look(letter: Letter, deps: DeliverDeps, signal: AbortSignal): Promise<ScreenReading | undefined> {
  try {
    return await deps.read();
  } catch (cause) {
    const why = awayIn(cause);
    if (why === null) throw cause;
    deps.waits(letter, `waits: ${why}`);
    await pause(deps.clock, awayMs, signal);
    await reached(deps.terminal, signal);
    return undefined;
  }
}

/** Why a letter waits although its worker is idle; null when the worker is not. */
function inTheWay({ draft, dialog, asking }: ScreenReading): string | null {
  if (draft) return "waits: somebody's draft stands in the input box";
  if (draft === null && !dialog && !asking) return "waits: no input box can be seen on the screen";
  return null;
}

/** A first task is an argument of Claude's: it is only waited for, from the end of the start-up dialogs on. */
async function taken(letter: Letter, deps: DeliverDeps, signal: AbortSignal): Promise<Delivery> {
  await deps.becomes(["idle", "working"], signal);
  if (await provenWithin(letter, deps, takenMs, signal)) return { is: "submitted" };
  return { is: "unconfirmed", note: "given at the start, not confirmed by Claude Code" };
}

/** A worker that works takes only what is meant for Claude's own queue. */
export function accepts(phase: Phase, letter: Letter): boolean {
  return phase.is === "idle" || (phase.is === "working" && letter.whenBusy === "queue");
}

async function confirm(letter: Letter, deps: DeliverDeps, signal: AbortSignal): Promise<Delivery> {
  if (await provenBeforeStill(letter, deps, signal)) return { is: "submitted" };
  // A command such as /compact is told by the transcript only when it is done.
  if (letter.command && deps.phase().is === "working") {
    await deps.becomes(["idle"], signal);
    if (await provenWithin(letter, deps, provenMs(letter), signal)) return { is: "submitted" };
  }
  const { draft } = await deps.read();
  if (!draft || !isPartOf(draft, letter.plain) || deps.phase().is !== "idle")
    return {
      is: "unconfirmed",
      note: "typed, not confirmed by Claude Code: look at its screen before sending it again",
    };
  // It still stands in the box, so Enter was swallowed: pressing it again cannot double anything.
  await deps.terminal.type("\r");
  if (await provenWithin(letter, deps, provenMs(letter), signal)) return { is: "submitted" };
  return {
    is: "unconfirmed",
    note: "typed, not confirmed: it may still stand in the input box, where a person can clear it",
  };
}

/** As long as an idle Claude redraws, it still takes in what was pasted: on a busy machine 100 kB keep it for half a minute. */
async function provenBeforeStill(letter: Letter, deps: DeliverDeps, signal: AbortSignal): Promise<boolean> {
  const { clock, terminal } = deps;
  const most = clock.now() + longestTimes * provenMs(letter);
  let drawn = clock.now();
  using _ = terminal.onChange(() => {
    drawn = clock.now();
  });
  for (let ms = provenMs(letter); ; ms = stillMs) {
    if (await provenWithin(letter, deps, ms, signal)) return true;
    const now = clock.now();
    if (now - drawn >= stillMs || now >= most || deps.phase().is !== "idle") return false;
  }
}

async function provenWithin(letter: Letter, deps: DeliverDeps, ms: number, signal: AbortSignal): Promise<boolean> {
  using limit = deadline(deps.clock, ms, signal);
  try {
    await deps.proven(letter, limit.signal);
    return true;
  } catch (cause) {
    if (signal.aborted || !limit.signal.aborted) throw cause;
    return false;
  }
}

async function untilShown(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  using limit = deadline(deps.clock, shownMs, signal);
  while (!limit.signal.aborted && !(await deps.read()).draft) await changed(deps.terminal, limit.signal);
  signal.throwIfAborted();
}

/** So few characters may be a person's own beginning. */
const fewest = 40;

/** Whether a draft is this text and not a person's: the box may show only a part of it, wrapped. */
export function isPartOf(draft: string, text: string): boolean {
  const shown = draft.replace(/\s+/g, "");
  const whole = text.replace(/\s+/g, "");
  if (shown.length < fewest) return shown !== "" && shown === whole;
  return whole.includes(shown);
}

/** A draft, a dialog or a phase is in the way: looks again after the screen moved, five times a second at the most. */
async function somethingChanges(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  await pause(deps.clock, 200, signal);
  using limit = deadline(deps.clock, 1000, signal);
  await changed(deps.terminal, limit.signal);
  signal.throwIfAborted();
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  using limit = deadline(clock, ms, signal);
  await new Promise<void>((resolve) => limit.signal.addEventListener("abort", () => resolve(), { once: true }));
  signal.throwIfAborted();
}
