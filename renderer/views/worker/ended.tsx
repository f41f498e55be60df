import type { Worker } from "../../../contract/worker.ts";
import { call, select, undoable, usePanel } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { UndoClose } from "./undo-close.tsx";

/** What can still be done with a worker that has ended, where the composer stood; first of all the undo, if it was closed just now. */
export function Ended({ worker }: { worker: Worker }) {
  const { id, conversation } = worker;
  const fresh = usePanel((panel) => undoable(panel)?.id === id);
  const action = useAction();
  const dismiss = () => action.run(() => call("dismiss", { worker: id }));
  const resume = () => action.run(() => call("resume", { worker: id }));
  const fork = () => action.run(async () => select((await call("fork", { worker: id })).id));
  return (
    <div className="ended">
      {fresh ? (
        <div className="closed-line">
          <UndoClose worker={worker} />
        </div>
      ) : (
        <p className="quiet">
          {conversation
            ? "It has ended. Its conversation is kept, and can go on in a new terminal."
            : "It has ended before a conversation began."}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button plain" aria-disabled={action.busy} onClick={dismiss}>
          Take off the list
        </button>
        {conversation && (
          <button type="button" className="button" aria-disabled={action.busy} onClick={fork}>
            Fork
          </button>
        )}
        {conversation && !fresh && (
          <button type="button" className="button primary" aria-disabled={action.busy} onClick={resume}>
            Resume
          </button>
        )}
      </div>
      <Failure of={action.failure} />
    </div>
  );
}
