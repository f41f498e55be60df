import { useState } from "react";
import type { Input } from "../../../contract/commands.ts";
import { TeamError } from "../../../contract/error.ts";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";
import { wholeText } from "../../words/paste.ts";
import { asTeamError, useAction } from "../action.ts";
import { draftOf, forgetDraft, useDraft, write } from "./writings.ts";

export type WhenBusy = NonNullable<Input<"send">["whenBusy"]>;

/** The whole texts of the newest messages that were sent from this page, by receipt: to send again what was never typed. */
export const sentTexts = new Map<string, Pick<Input<"send">, "text" | "as">>();
const sentKept = 50;

/** The message being written. It is kept until it was accepted by all it goes to. */
export function useSending({ id, phase }: Worker) {
  const draft = useDraft(id);
  const { busy, failure, run } = useAction();
  const [asCommand, setAsCommand] = useState(false);
  const commandLike = /^\s*[/!]/.test(draft.text);
  const many = draft.others.length > 0;
  const ready = draft.text.trim() !== "" && !busy && (many || phase.is !== "asking");

  async function send(whenBusy: WhenBusy): Promise<void> {
    if (!ready) return;
    const as = commandLike && asCommand ? "command" : "text";
    const message = { text: wholeText(draft), as, whenBusy } as const;
    const took = await run(() => (many ? sendToAll([id, ...draft.others], message) : sendTo(id, message)));
    if (!took) return;
    // What was typed meanwhile is the next message.
    if (draftOf(id).text === draft.text) forgetDraft(id);
    setAsCommand(false);
  }

  return { draft, ready, busy, failure, send, commandLike, asCommand, setAsCommand };
}

type Message = Omit<Input<"send">, "worker">;

export async function sendTo(worker: WorkerId, message: Message): Promise<void> {
  const { id } = await call("send", { worker, ...message });
  sentTexts.set(id, { text: message.text, as: message.as });
  const [oldest] = sentTexts.keys();
  if (sentTexts.size > sentKept && oldest !== undefined) sentTexts.delete(oldest);
}

/** Sends to each; who did not take it stays among the recipients, and is named with the reason. */
async function sendToAll([first, ...others]: readonly [WorkerId, ...WorkerId[]], message: Message): Promise<void> {
  const all = [first, ...others];
  const results = await Promise.allSettled(all.map((worker) => sendTo(worker, message)));
  const failed = results.flatMap((result, i) => {
    const worker = all[i];
    return result.status === "rejected" && worker ? [{ worker, cause: asTeamError(result.reason) }] : [];
  });
  const [one] = failed;
  if (!one) return;
  if (failed.length < all.length) write(first, { others: others.filter((id) => failed.some((f) => f.worker === id)) });
  const { workers } = usePanel.getState().team;
  const who = failed.map(({ worker, cause }) => `${workers.get(worker)?.name ?? worker} (${cause.message})`);
  throw new TeamError(one.cause.code, `not taken by ${who.join(", ")}; the others have it`, { cause: one.cause });
}
