import { type ReactNode, useState } from "react";
import type { Answer, Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call, showTab } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { proposed } from "../../words/proposal.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { answeredHere } from "./answered-here.ts";

interface Choice {
  readonly label: string;
  /** Undefined while it cannot be given yet. */
  readonly answer: Answer | undefined;
}

interface AnsweringProps {
  readonly worker: Worker;
  readonly request: Request;
  readonly deny: Choice;
  readonly accept: Choice;
  /** What belongs before the buttons. */
  readonly children?: ReactNode;
  /** A third way, between the two. */
  readonly also?: ReactNode;
}

/**
 * The ways to answer a request. No button ever has the focus by itself; once sent, the card goes away when it was taken. A
 * button that was pressed is only marked as disabled, or it would lose the focus.
 */
export function Answering({ worker, request, deny, accept, children, also }: AnsweringProps) {
  const { failure, done, sent, give } = useAnswer(worker, request);
  return (
    <>
      <Proposal proposal={request.proposal} done={done} onConfirm={give} />
      {request.via === "terminal" ? (
        <InTerminal worker={worker} />
      ) : (
        <div className="actions">
          {children}
          <button type="button" className="button" aria-disabled={done} onClick={() => give(deny.answer)}>
            {deny.label}
          </button>
          {also}
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

function useAnswer(worker: Worker, request: Request) {
  const { busy, failure, run } = useAction();
  const [sent, setSent] = useState(false);
  const done = busy || sent;

  async function give(answer: Answer | undefined): Promise<void> {
    if (!answer || done) return;
    answeredHere.add(request.id);
    const taken = await run(() => call("answer", { worker: worker.id, request: request.id, answer }));
    if (!taken) answeredHere.delete(request.id);
    setSent(taken);
  }

  return { failure, done, sent, give };
}

function InTerminal({ worker: { id, terminal } }: { worker: Worker }) {
  const { failure, run } = useAction();
  return (
    <div className="note in-terminal">
      Answer this one in the worker’s own terminal.
      <span className="actions">
        {terminal.host === "iterm2" && (
          <button type="button" className="button" onClick={() => run(() => call("focus", { worker: id }))}>
            Show it in iTerm2
          </button>
        )}
        <button type="button" className="button" onClick={() => showTab("terminal")}>
          Show it
        </button>
      </span>
      <Failure of={failure} />
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
        <strong>The manager proposes:</strong> {plain(proposed(proposal.answer))}
      </p>
      <button type="button" className="button" aria-disabled={done} onClick={() => onConfirm(proposal.answer)}>
        Confirm
      </button>
    </div>
  );
}
