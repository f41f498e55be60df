import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { dialogTitle } from "../../words/sentence.ts";
import { Answering } from "./answering.tsx";
import { ExactWords } from "./exact-words.tsx";

type Dialog = Extract<Request, { kind: "dialog" }>;

/** A dialog of Claude Code in its own words. */
export function DialogCard({ worker, request }: { worker: Worker; request: Dialog }) {
  return (
    <>
      <h3>{dialogTitle(request)}</h3>
      <ExactWords text={request.detail} />
      <Answering
        worker={worker}
        request={request}
        deny={{ label: "Decline", answer: { decision: "deny" } }}
        accept={{ label: "Accept", answer: { decision: "allow" } }}
      />
    </>
  );
}
