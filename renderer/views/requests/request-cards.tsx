import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { DialogCard } from "./dialog-card.tsx";
import { PermissionCard } from "./permission-card.tsx";
import { QuestionCard } from "./question-card.tsx";

/** Everything the worker asks now, oldest first. */
export function RequestCards({ worker, requests }: { worker: Worker; requests: readonly Request[] }) {
  return (
    <section className="requests" aria-label={`${worker.name} needs you`}>
      {requests.map((request, place) => (
        <div key={`${request.id} ${request.via}`} className="card request">
          {requests.length > 1 && (
            <p className="quiet">
              {place + 1} of {requests.length}
            </p>
          )}
          <Card worker={worker} request={request} />
        </div>
      ))}
    </section>
  );
}

function Card({ worker, request }: { worker: Worker; request: Request }) {
  switch (request.kind) {
    case "permission":
      return <PermissionCard worker={worker} request={request} />;
    case "question":
      return <QuestionCard worker={worker} request={request} />;
    case "dialog":
      return <DialogCard worker={worker} request={request} />;
  }
}
