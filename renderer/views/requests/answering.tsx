import { useState } from "react";
import type { Answer, Request } from "../../../contract/request.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { call, showTab } from "../../store.ts";
import { type Action, useAction } from "../action.ts";

export interface Answering extends Action {
  /** Sent, and not yet seen to be taken: the card goes away by itself then. */
  readonly sent: boolean;
  answer(answer: Answer): Promise<void>;
}

export function useAnswer(worker: WorkerId, request: string): Answering {
  const action = useAction();
  const [sent, setSent] = useState(false);
  async function answer(answer: Answer): Promise<void> {
    setSent(await action.run(() => call("answer", { worker, request, answer })));
  }
  return { ...action, sent, answer };
}

/** Under a request that no call of ours can answer. */
export function InTerminal() {
  return (
    <div className="note in-terminal">
      Answer this one in the worker’s own terminal.
      <button type="button" className="button" onClick={() => showTab("terminal")}>
        Show it
      </button>
    </div>
  );
}

/** What the manager would answer, for the person to confirm. */
export function Proposal({ proposal, answering }: { proposal: Request["proposal"]; answering: Answering }) {
  if (!proposal) return null;
  return (
    <div className="proposal">
      <p>
        <strong>The manager proposes:</strong> {words(proposal.answer)}
      </p>
      <button
        type="button"
        className="button"
        disabled={answering.busy || answering.sent}
        onClick={() => answering.answer(proposal.answer)}
      >
        Confirm
      </button>
    </div>
  );
}

function words({ decision, reason, answers }: Answer): string {
  if (answers) return Object.values(answers).flat().join(", ");
  const decided = decision === "allow" ? "allow it" : "deny it";
  return reason ? `${decided}, saying “${reason}”` : decided;
}
