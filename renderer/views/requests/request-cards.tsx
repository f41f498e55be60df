import type { ReactNode } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Worker } from "../../../contract/worker.ts";
import { plain } from "../../words/plain.ts";
import { useLeaveFocus } from "../leave-focus.ts";
import { ignoreSecondClick } from "../second-click.ts";
import { DialogCard } from "./dialog-card.tsx";
import { useJustMoved } from "./just-moved.ts";
import { PermissionCard } from "./permission-card.tsx";
import { QuestionCard } from "./question-card.tsx";
import { Settled } from "./settled.tsx";

/** Everything the worker asks now, oldest first; and what became of what others have answered. */
export function RequestCards({ worker }: { worker: Worker }) {
  const requests = worker.phase.is === "asking" ? worker.phase.requests : [];
  const justMoved = useJustMoved(requests.map(({ id, via, proposal }) => `${id} ${via} ${proposal?.at}`).join());
  return (
    <>
      <Settled worker={worker} requests={requests} />
      {requests.length > 0 && (
        <section
          className={justMoved ? "requests just-moved" : "requests"}
          aria-label={`${plain(worker.name)} needs you`}
          onClickCapture={ignoreSecondClick}
        >
          {requests.map((request, place) => (
            <Place key={`${request.id} ${request.via}`}>
              {requests.length > 1 && (
                <p className="request-place quiet">
                  {place + 1} of {requests.length}
                </p>
              )}
              <Card worker={worker} request={request} />
            </Place>
          ))}
        </section>
      )}
    </>
  );
}

function Place({ children }: { children: ReactNode }) {
  const place = useLeaveFocus<HTMLDivElement>();
  return (
    <div className="card request" ref={place}>
      {children}
    </div>
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
