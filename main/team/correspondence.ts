import type { TranscriptObservation } from "../../contract/observation.ts";
import type { Phase, WorkerId } from "../../contract/worker.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type DeliverDeps, deliver } from "./deliver.ts";
import type { TeamDeps } from "./deps.ts";
import { carriedOut, type Letter, silentCommand } from "./letter.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import type { ScreenReading } from "./ports.ts";
import { untilAccepts, untilPhase, untilProven } from "./waits.ts";

interface Addressee {
  readonly id: WorkerId;
  readonly terminal: Terminal;
  read(): Promise<ScreenReading>;
  interrupt(signal?: AbortSignal): Promise<void>;
  calm(): Promise<void>;
}

/** The mailbox of one worker, wired to its terminal, the state and the journal. */
export function openMailbox(deps: TeamDeps, to: Addressee, letters: readonly Letter[]): Mailbox {
  const { store, remember, flush } = deps;
  const mailbox = createMailbox(
    {
      deliver: (letter, signal) => deliver(letter, delivering(deps, to, mailbox), signal),
      interrupt: (signal) => to.interrupt(signal),
      ready: async (letter, signal) => {
        await flush();
        const phase = await untilAccepts(store, to.id, letter, signal);
        await to.calm();
        return phase;
      },
      moved: (letter) => {
        store.dispatch({ type: "receipt.moved", id: to.id, receipt: letter.receipt });
        remember({ type: "receipt.moved", id: to.id, ...factOf(letter) });
      },
      report: (cause) => deps.report(to.id, cause),
    },
    letters,
  );
  return mailbox;
}

function delivering(
  { store, clock, flush }: TeamDeps,
  { id, terminal, read }: Addressee,
  mailbox: Mailbox,
): DeliverDeps {
  return {
    terminal,
    clock,
    read,
    phase: () => store.state.workers.get(id)?.phase ?? { is: "gone", reason: "dismissed" },
    waits: ({ receipt }, note) => {
      if (!receipt.notes.includes(note)) mailbox.settle(receipt.id, receipt.state, note);
    },
    begin: ({ receipt: { id } }) => {
      if (mailbox.letters.find((l) => l.receipt.id === id)?.receipt.state !== "accepted") return false;
      mailbox.settle(id, "typed");
      return true;
    },
    saved: flush,
    proven: (letter, signal) => untilProven(store, id, letter, signal),
    becomes: (wanted: readonly Phase["is"][], signal) => untilPhase(store, id, wanted, signal),
  };
}

/** The whole text once, with the first word of it; later only what is new. */
function factOf({ receipt, plain, command, whenBusy, prompt, chunks, outcome }: Letter) {
  const first = receipt.state === "accepted" || chunks.length === 0;
  const whole = first ? { text: plain, as: command ? ("command" as const) : ("text" as const), whenBusy } : {};
  return { receipt, ...whole, ...(prompt && { prompt }), ...(outcome && { outcome }) };
}

/** What the transcript recorded proves letters, and ends those that were commands. */
export function recordIn(mailbox: Mailbox, told: TranscriptObservation & { at: number }): void {
  if (told.event === "prompted") mailbox.record(told.text, told.at);
  if (told.event !== "commanded" && told.event !== "printed") return;
  const { letters } = mailbox;
  const letter = (told.event === "commanded" ? carriedOut : silentCommand)(letters, told.command, told.at);
  const outcome = told.printed ? { ...told.printed, at: told.at } : undefined;
  if (letter) mailbox.carryOut(letter.receipt.id, outcome);
}

/** The worker ended: what was not typed never will be, what was not proven stays unproven. */
export function endLetters(mailbox: Mailbox, reason: string): void {
  for (const { receipt } of mailbox.letters) {
    if (receipt.state === "accepted") mailbox.settle(receipt.id, "undelivered", `never typed: ${reason}`);
    if (receipt.state === "typed") mailbox.settle(receipt.id, "unconfirmed", `typed, not confirmed: ${reason}`);
  }
}
