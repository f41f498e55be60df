import { useState } from "react";
import type { Closing } from "../../../contract/digest.ts";
import type { TeamError } from "../../../contract/error.ts";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { call, justClosed } from "../../store.ts";
import { closingFacts } from "../../words/closing.ts";
import { plain } from "../../words/plain.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";

/** Closes a worker that has nothing to lose at once, any other after a second look at what that is. */
export function CloseButton({ worker }: { worker: Worker }) {
  const { busy, failure, run, forget } = useAction();
  const [asks, setAsks] = useState<Closing>();
  const close = (force: boolean) => run(() => end(worker.id, force));

  async function begin(): Promise<void> {
    await run(async () => {
      const facts = await call("closing", { worker: worker.id });
      if (closingFacts(facts).length === 0) await end(worker.id, false);
      else setAsks(facts);
    });
  }

  function stay(): void {
    setAsks(undefined);
    forget();
  }

  return (
    <>
      <button type="button" className="button" aria-disabled={busy} onClick={() => busy || begin()}>
        Close
      </button>
      {asks ? (
        <Confirm worker={worker} facts={asks} {...{ busy, failure }} onClose={() => close(true)} onStay={stay} />
      ) : (
        <Failure of={failure} />
      )}
    </>
  );
}

/** Its undo comes with its end, which is told before this call returns: later it would move what stands under the pointer. */
async function end(worker: WorkerId, force: boolean): Promise<void> {
  justClosed(worker);
  try {
    await call("close", { worker, force });
  } catch (cause) {
    justClosed(undefined);
    throw cause;
  }
}

interface ConfirmProps {
  readonly worker: Worker;
  readonly facts: Closing;
  readonly busy: boolean;
  readonly failure: TeamError | undefined;
  readonly onClose: () => void;
  readonly onStay: () => void;
}

function Confirm({ worker, facts, busy, failure, onClose, onStay }: ConfirmProps) {
  return (
    <Modal title={`Close ${plain(worker.name)}?`} onClose={onStay}>
      <ul className="closing-facts">
        {closingFacts(facts).map(({ what, parts }) => (
          <li key={what}>
            {what}
            {parts.length > 0 && (
              <ul>
                {parts.map((part) => (
                  <li key={part}>{plain(part)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <p className="quiet">
        {facts.resumable
          ? "Its conversation is kept: it can be resumed from the list of ended workers."
          : "Its conversation cannot be resumed afterwards."}
      </p>
      <Failure of={failure} />
      <div className="actions">
        <button type="button" className="button" onClick={onStay}>
          Let it go on
        </button>
        <button type="button" className="button danger" aria-disabled={busy} onClick={() => busy || onClose()}>
          Close it
        </button>
      </div>
    </Modal>
  );
}
