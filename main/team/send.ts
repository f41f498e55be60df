import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import { start } from "../words/start.ts";
import { isPartOf } from "./deliver.ts";
import type { TeamDeps } from "./deps.ts";
import { clearDraft } from "./interrupt.ts";
import { isSubmitted, type Letter, newReceipt, takenBack } from "./letter.ts";
import { inputFrom } from "./mention.ts";
import { checkCommand } from "./rights.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";
import type { Numbers } from "./spawn.ts";

type Deps = TeamDeps & { roster: Roster; numbers: Numbers };

/** Takes a message for a worker. Its receipt is on disk when this resolves; the mailbox types it when its turn comes. */
export async function send(deps: Deps, input: Parsed<"send">, by: Caller): Promise<Receipt> {
  const running = deps.roster.needRunning(input.worker);
  const { chunks, plain, notes } = inputFrom(input.text, input.as, deps.roster.need(input.worker).cwd, by);
  if (input.as === "command") checkCommand(plain, deps.settings(), by);
  return running.sending.run(async () => {
    await check(deps, running, input.worker);
    const receipt = newReceipt(deps.numbers.message(), plain, by, deps.clock.now(), notes);
    const { whenBusy } = input;
    return accept(deps, running.id, {
      ...{ receipt, plain, chunks, whenBusy },
      ...{ command: input.as === "command", prompt: null },
    });
  });
}

/** The letter is the worker's mailbox's from now on. Its receipt is on disk when this resolves. Throws WORKER_GONE when it ended meanwhile. */
export async function accept({ flush, roster }: Deps, id: WorkerId, letter: Letter): Promise<Receipt> {
  const { mailbox } = roster.needRunning(id);
  const { receipt } = letter;
  mailbox.post(letter);
  try {
    await flush();
  } catch (cause) {
    mailbox.settle(receipt.id, "withdrawn", "it could not be written to disk");
    throw cause;
  }
  return receipt;
}

/** Text and Enter must reach Claude's empty input box: not a dialog, and not behind a person's draft. */
async function check({ roster }: Deps, running: Running, ref: string): Promise<void> {
  const { name, phase } = roster.need(ref);
  if (phase.is === "asking") {
    const facts = { requests: phase.requests };
    throw new TeamError("WORKER_ASKING", `${name} asks something, and Enter would answer it`, { facts });
  }
  const { letters } = running.mailbox;
  const first = letters.every((l) => l.receipt.state !== "accepted" && l.receipt.state !== "typed");
  const draft = phase.is === "idle" && first ? (await running.read()).draft : null;
  // What Claude has taken already is an old picture of the box: the message waits until it is seen to be empty.
  const taken = letters.findLast((l) => isSubmitted(l.receipt));
  if (!draft || (taken && isPartOf(draft, taken.plain))) return;
  const facts = { draft: start(draft, 500) };
  throw new TeamError("DRAFT_PRESENT", `${name}'s input box holds an unfinished draft`, { facts });
}

/** Takes back a message that was not typed yet. */
export async function withdraw(deps: Deps, { worker: ref, message }: Parsed<"withdraw">): Promise<Receipt> {
  const { mailbox } = deps.roster.needRunning(ref);
  const find = () => mailbox.letters.find((l) => l.receipt.id === message)?.receipt;
  const receipt = find();
  if (!receipt) throw new TeamError("MESSAGE_UNKNOWN", `there is no message ${message}`);
  if (receipt.state !== "accepted") throw new TeamError("MESSAGE_TYPED", `message ${message} is ${receipt.state}`);
  mailbox.settle(message, "withdrawn", takenBack);
  await deps.flush();
  return find() ?? receipt;
}

/** Empties the input box of an idle worker. */
export async function clear(
  deps: Deps,
  { worker: ref }: Parsed<"clear">,
  signal?: AbortSignal,
): Promise<Record<string, never>> {
  const running = deps.roster.needRunning(ref);
  checkIdle(deps.roster.need(ref));
  await clearDraft(running, deps, signal);
  return {};
}

/** Keys that edit reach the input box of an idle worker only. */
export function checkIdle({ name, phase }: Worker): void {
  if (phase.is === "asking")
    throw new TeamError("WORKER_ASKING", `${name} asks something; keys would go to its dialog`);
  if (phase.is !== "idle") throw new TeamError("WORKER_BUSY", `${name} is ${phase.is}`);
}
