import { useState } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { Failure } from "../failure.tsx";
import { InTerminal, Proposal, useAnswer } from "./answering.tsx";

type Permission = Extract<Request, { kind: "permission" }>;

/** What a tool would do, exactly, and the two ways to answer. Neither button ever has the focus by itself. */
export function PermissionCard({ worker, request }: { worker: Worker; request: Permission }) {
  const answering = useAnswer(worker.id, request.id);
  const [reason, setReason] = useState("");
  const { busy, sent } = answering;
  const deny = () => answering.answer({ decision: "deny", ...(reason.trim() && { reason: reason.trim() }) });
  return (
    <>
      <h3>
        {worker.name} wants to use {request.tool}
        {request.agent && <span className="badge">subagent</span>}
      </h3>
      {request.title && <p>{request.title}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long command must be scrolled by keyboard too */}
      <pre className="exact" tabIndex={0}>
        {request.detail}
      </pre>
      <Proposal proposal={request.proposal} answering={answering} />
      {request.via === "terminal" ? (
        <InTerminal />
      ) : (
        <div className="actions">
          <input
            aria-label="Reason for denying, told to Claude"
            placeholder="If you deny it: what to do instead"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button type="button" className="button" disabled={busy || sent} onClick={deny}>
            Deny
          </button>
          <button
            type="button"
            className="button primary"
            disabled={busy || sent}
            onClick={() => answering.answer({ decision: "allow" })}
          >
            {sent ? "Sent" : "Allow once"}
          </button>
        </div>
      )}
      <Failure of={answering.failure} />
    </>
  );
}
