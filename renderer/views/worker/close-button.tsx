import { useState } from "react";
import type { Closing } from "../../../contract/digest.ts";
import type { TeamError } from "../../../contract/error.ts";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { call, justClosed } from "../../store.ts";
import { closingFacts, losesMore } from "../../words/closing.ts";
import { plain } from "../../words/plain.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";
import { ignoreSecondClick } from "../second-click.ts";

/** Closes a worker that has nothing to lose at once, any other after a second look at what that is. */
export function CloseButton({ worker }: { worker: Worker }) {
  const { busy, failure, run, forget } = useAction();
  const [asks, setAsks] = useState<Asks>();

  /** Also when it was confirmed: it may have begun to work while the person read. */
  async function close(): Promise<void> {
    await run(async () => {
      const facts = await call("closing", { worker: worker.id });
      const seen = asks ? !losesMore(facts, asks.facts) : closingFacts(facts).length === 0;
      if (seen) return end(worker.id, facts.phase === "working" || facts.phase === "asking");
      setAsks({ facts, again: asks !== undefined });
    });
  }

  function stay(): void {
    setAsks(undefined);
    forget();
  }

  return (
    <>
      <button type="button" className="button" aria-disabled={busy} onClick={() => busy || close()}>
        Close
      </button>
      {asks ? (
        <Confirm worker={worker} {...{ ...asks, busy, failure }} onClose={close} onStay={stay} />
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

interface Asks {
  readonly facts: Closing;
  /** It was confirmed, but not these facts. */
  readonly again: boolean;
}

interface ConfirmProps extends Asks {
  readonly worker: Worker;
  readonly busy: boolean;
  readonly failure: TeamError | undefined;
  readonly onClose: () => void;
  readonly onStay: () => void;
}

function Confirm({ worker, facts, again, busy, failure, onClose, onStay }: ConfirmProps) {
  return (
    <Modal title={`Close ${plain(worker.name)}?`} onClose={onStay}>
      {again && (
        <p role="alert">
          <strong>More would be lost now than a moment ago.</strong>
        </p>
      )}
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
      <div className="actions" onClickCapture={ignoreSecondClick}>
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
