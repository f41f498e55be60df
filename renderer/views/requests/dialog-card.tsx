import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { dialogTitle } from "../../words/sentence.ts";
import { Failure } from "../failure.tsx";
import { InTerminal, Proposal, useAnswer } from "./answering.tsx";

type Dialog = Extract<Request, { kind: "dialog" }>;

/** A dialog of Claude Code in its own words. */
export function DialogCard({ worker, request }: { worker: Worker; request: Dialog }) {
  const answering = useAnswer(worker.id, request.id);
  const disabled = answering.busy || answering.sent;
  return (
    <>
      <h3>{dialogTitle(request)}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long dialog must be scrolled by keyboard too */}
      <pre className="exact" tabIndex={0}>
        {request.detail}
      </pre>
      <Proposal proposal={request.proposal} answering={answering} />
      {request.via === "terminal" ? (
        <InTerminal />
      ) : (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={disabled}
            onClick={() => answering.answer({ decision: "deny" })}
          >
            Decline
          </button>
          <button
            type="button"
            className="button primary"
            disabled={disabled}
            onClick={() => answering.answer({ decision: "allow" })}
          >
            {answering.sent ? "Sent" : "Accept"}
          </button>
        </div>
      )}
      <Failure of={answering.failure} />
    </>
  );
}
