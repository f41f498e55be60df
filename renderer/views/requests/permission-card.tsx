import { useState } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { isPlan } from "../../words/sentence.ts";
import { Answering } from "./answering.tsx";
import { ExactWords } from "./exact-words.tsx";

type Permission = Extract<Request, { kind: "permission" }>;

/** What a tool would do, exactly, and the two ways to answer. */
export function PermissionCard({ worker, request }: { worker: Worker; request: Permission }) {
  const [reason, setReason] = useState("");
  const said = reason.trim();
  const words = isPlan(request) ? planWords : toolWords;
  return (
    <>
      <h3>
        {worker.name} {isPlan(request) ? "has a plan" : `wants to use ${request.tool}`}
        {request.agent && <span className="badge">subagent</span>}
      </h3>
      {request.title && !isPlan(request) && <p>{request.title}</p>}
      <ExactWords text={request.detail} />
      <Answering
        worker={worker.id}
        request={request}
        deny={{ label: words.deny, answer: { decision: "deny", ...(said && { reason: said }) } }}
        accept={{ label: words.accept, answer: { decision: "allow" } }}
      >
        <input
          aria-label="Reason for denying, told to Claude"
          placeholder={words.instead}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Answering>
    </>
  );
}

const toolWords = { deny: "Deny", accept: "Allow once", instead: "If you deny it: what to do instead" };
const planWords = { deny: "Keep planning", accept: "Approve the plan", instead: "What to plan differently" };
