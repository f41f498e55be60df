import type { Caller, Output, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import { start } from "../words/start.ts";
import { isPartOf } from "./deliver.ts";
import type { TeamDeps } from "./deps.ts";
import { clearDraft } from "./interrupt.ts";
import { isSubmitted, type Letter, newReceipt } from "./letter.ts";
import { inputFrom } from "./mention.ts";
import { checkCommand } from "./rights.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";
import { accept, checkIdle } from "./send.ts";
import type { Numbers } from "./spawn.ts";

type Deps = TeamDeps & { roster: Roster; numbers: Numbers };

/**
 * Sends a message once more that was typed and never confirmed, or never typed. What of it still stands in the input box is cleared before; a
 * draft of somebody's is not: DRAFT_PRESENT. Nothing is sent when Claude took it after all, as its transcript tells, or when it
 * was sent again already.
 */
export async function resend(
  deps: Deps,
  { worker: ref, message }: Parsed<"resend">,
  by: Caller,
  signal?: AbortSignal,
): Promise<Output<"resend">> {
  const running = deps.roster.needRunning(ref);
  return running.sending.run(async () => {
    const known = await standIn(running, message);
    if (known) return { sent: false, receipt: known };
    await makeRoom(deps, running, message, signal);
    // That took its time, in which the first may have been told of.
    const since = await standIn(running, message);
    if (since) return { sent: false, receipt: since };
    return { sent: true, receipt: await accept(deps, running.id, repeatOf(deps, running, message, by)) };
  });
}

/** The receipt that makes sending needless, once all is read that the transcript holds; throws for a message that cannot be repeated. */
async function standIn(running: Running, id: string): Promise<Receipt | undefined> {
  await running.transcript.settled();
  const { receipt, plain } = need(running, id);
  if (isSubmitted(receipt)) return receipt;
  if (receipt.state !== "unconfirmed" && receipt.state !== "undelivered")
    throw new TeamError(
      "INPUT_INVALID",
      `${id} is ${receipt.state}: only what was not delivered, or not confirmed, is sent again`,
    );
  if (plain === "") throw new TeamError("MESSAGE_EMPTY", `the text of ${id} is not kept any more`);
  const repeats = running.mailbox.letters.map((l) => l.receipt).filter((r) => r.repeats === id);
  return repeats.find(({ state }) => state !== "withdrawn" && state !== "undelivered");
}

function need({ mailbox }: Running, id: string): Letter {
  const letter = mailbox.letters.find((l) => l.receipt.id === id);
  if (!letter) throw new TeamError("MESSAGE_UNKNOWN", `there is no message ${id}`);
  return letter;
}

/** Clears what stands of it in the input box, and nothing else. */
async function makeRoom({ roster, ...deps }: Deps, running: Running, id: string, signal?: AbortSignal): Promise<void> {
  const worker = roster.need(running.id);
  checkIdle(worker);
  if (running.mailbox.letters.some((l) => l.receipt.state === "typed"))
    throw new TeamError("WORKER_BUSY", `another message is being typed to ${worker.name}`);
  const { draft } = await running.read();
  if (!draft) return;
  if (isPartOf(draft, need(running, id).plain)) return clearDraft(running, deps, signal);
  const facts = { draft: start(draft, 500) };
  throw new TeamError("DRAFT_PRESENT", `${worker.name}'s input box holds something else`, { facts });
}

/** The same text, made ready to be typed as whoever sent it first may have it typed. */
function repeatOf({ roster, settings, numbers, clock }: Deps, running: Running, id: string, by: Caller): Letter {
  const { plain: text, command, receipt: first } = need(running, id);
  const { chunks, plain, notes } = inputFrom(text, command ? "command" : "text", roster.need(running.id).cwd, first.by);
  if (command) checkCommand(plain, settings(), first.by);
  const receipt = { ...newReceipt(numbers.message(), plain, by, clock.now(), notes), repeats: id };
  return { receipt, plain, chunks, command, whenBusy: "hold", prompt: null };
}
