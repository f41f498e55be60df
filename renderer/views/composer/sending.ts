import { useState } from "react";
import type { Input } from "../../../contract/commands.ts";
import { TeamError } from "../../../contract/error.ts";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";
import { wholeText } from "../../words/paste.ts";
import { type Sent, whoHasIt } from "../../words/sent.ts";
import { asTeamError, useAction } from "../action.ts";
import { recipientsOf, useDraft, wasTaken } from "./writings.ts";

export type WhenBusy = NonNullable<Input<"send">["whenBusy"]>;

/** The message being written. It is kept until it was accepted by all it goes to, for those who did not. */
export function useSending({ id, phase }: Worker) {
  const draft = useDraft(id);
  const { busy, failure, run } = useAction();
  const [asCommand, setAsCommand] = useState(false);
  const commandLike = /^\s*[/!]/.test(draft.text);
  const recipients = recipientsOf(id, draft);
  const ready =
    draft.text.trim() !== "" && !busy && (phase.is !== "asking" || recipients.some((other) => other !== id));

  async function send(whenBusy: WhenBusy): Promise<void> {
    if (!ready) return;
    const as = commandLike && asCommand ? "command" : "text";
    const message = { text: wholeText(draft), as, whenBusy } as const;
    const took = await run(async () => {
      const sent = await sendToAll(recipients, message);
      wasTaken(id, draft.text, takersOf(sent));
      complain(sent);
    });
    if (took) setAsCommand(false);
  }

  return { draft, recipients, ready, busy, failure, send, commandLike, asCommand, setAsCommand };
}

type Message = Omit<Input<"send">, "worker">;

type SentTo = Sent & { readonly worker: WorkerId };

function sendToAll(recipients: readonly WorkerId[], message: Message): Promise<SentTo[]> {
  const { workers } = usePanel.getState().team;
  return Promise.all(
    recipients.map(async (worker) => {
      const name = workers.get(worker)?.name ?? worker;
      const refusal = await call("send", { worker, ...message }).then(() => undefined, asTeamError);
      return { worker, name, refusal };
    }),
  );
}

const takersOf = (sent: readonly SentTo[]) => sent.filter(({ refusal }) => !refusal).map(({ worker }) => worker);

/** Throws what kept a message from one; of one to several, who has it and who has not. */
function complain(sent: readonly Sent[]): void {
  const cause = sent.find(({ refusal }) => refusal)?.refusal;
  if (cause) throw sent.length > 1 ? new TeamError(cause.code, whoHasIt(sent), { cause }) : cause;
}
