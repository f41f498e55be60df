import { type ReactNode, useState } from "react";
import type { Answer, Request } from "../../../contract/request.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { call, showTab } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";

interface Choice {
  readonly label: string;
  /** Undefined while it cannot be given yet. */
  readonly answer: Answer | undefined;
}

interface AnsweringProps {
  readonly worker: WorkerId;
  readonly request: Request;
  readonly deny: Choice;
  readonly accept: Choice;
  /** What belongs beside the buttons. */
  readonly children?: ReactNode;
}

/**
 * The ways to answer a request. No button ever has the focus by itself; once sent, the card goes away when it was taken. A
 * button that was pressed is only marked as disabled, or it would lose the focus.
 */
export function Answering({ worker, request, deny, accept, children }: AnsweringProps) {
  const { busy, failure, run } = useAction();
  const [sent, setSent] = useState(false);
  const done = busy || sent;

  async function give(answer: Answer | undefined): Promise<void> {
    if (answer && !done) setSent(await run(() => call("answer", { worker, request: request.id, answer })));
  }

  return (
    <>
      <Proposal proposal={request.proposal} done={done} onConfirm={give} />
      {request.via === "terminal" ? (
        <InTerminal />
      ) : (
        <div className="actions">
          {children}
          <button type="button" className="button" aria-disabled={done} onClick={() => give(deny.answer)}>
            {deny.label}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!accept.answer}
            aria-disabled={done}
            onClick={() => give(accept.answer)}
          >
            {sent ? "Sent" : accept.label}
          </button>
        </div>
      )}
      <Failure of={failure} />
    </>
  );
}

function InTerminal() {
  return (
    <div className="note in-terminal">
      Answer this one in the worker’s own terminal.
      <button type="button" className="button" onClick={() => showTab("terminal")}>
        Show it
      </button>
    </div>
  );
}

interface ProposalProps extends Pick<Request, "proposal"> {
  readonly done: boolean;
  readonly onConfirm: (answer: Answer) => void;
}

/** What the manager would answer, for the person to confirm. */
function Proposal({ proposal, done, onConfirm }: ProposalProps) {
  if (!proposal) return null;
  return (
    <div className="proposal">
      <p>
        <strong>The manager proposes:</strong> {words(proposal.answer)}
      </p>
      <button type="button" className="button" aria-disabled={done} onClick={() => onConfirm(proposal.answer)}>
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
