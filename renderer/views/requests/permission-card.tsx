import { useState } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { Answering } from "./answering.tsx";
import { ExactWords } from "./exact-words.tsx";

type Permission = Extract<Request, { kind: "permission" }>;

/** What a tool would do, exactly, and the two ways to answer. */
export function PermissionCard({ worker, request }: { worker: Worker; request: Permission }) {
  const [reason, setReason] = useState("");
  const said = reason.trim();
  return (
    <>
      <h3>
        {worker.name} wants to use {request.tool}
        {request.agent && <span className="badge">subagent</span>}
      </h3>
      {request.title && <p>{request.title}</p>}
      <ExactWords text={request.detail} />
      <Answering
        worker={worker.id}
        request={request}
        deny={{ label: "Deny", answer: { decision: "deny", ...(said && { reason: said }) } }}
        accept={{ label: "Allow once", answer: { decision: "allow" } }}
      >
        <input
          aria-label="Reason for denying, told to Claude"
          placeholder="If you deny it: what to do instead"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Answering>
    </>
  );
}
