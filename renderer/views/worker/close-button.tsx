import { useState } from "react";
import type { TeamError } from "../../../contract/error.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";

interface CloseProps {
  readonly id: WorkerId;
  readonly name: string;
  readonly idle: boolean;
}

/** Closes an idle worker at once, any other after a second look. */
export function CloseButton({ id, name, idle }: CloseProps) {
  const { busy, failure, run, forget } = useAction();
  const [asks, setAsks] = useState(false);
  const close = (force: boolean) => run(() => call("close", { worker: id, force }));
  const stay = () => {
    setAsks(false);
    forget();
  };
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => (idle ? close(false) : setAsks(true))}>
        Close
      </button>
      {asks || isRefusal(failure) ? (
        <Confirm name={name} busy={busy} failure={failure} onClose={() => close(true)} onStay={stay} />
      ) : (
        <Failure of={failure} />
      )}
    </>
  );
}

/** It has begun to work since the page showed it idle. */
const isRefusal = (failure: TeamError | undefined) =>
  failure?.code === "WORKER_BUSY" || failure?.code === "WORKER_ASKING";

interface ConfirmProps {
  readonly name: string;
  readonly busy: boolean;
  readonly failure: TeamError | undefined;
  readonly onClose: () => void;
  readonly onStay: () => void;
}

function Confirm({ name, busy, failure, onClose, onStay }: ConfirmProps) {
  return (
    <Modal title={`Close ${name}?`} onClose={onStay}>
      <p>It is in the middle of something, which will be ended. What it has written to disk stays.</p>
      {!isRefusal(failure) && <Failure of={failure} />}
      <div className="actions">
        <button type="button" className="button" onClick={onStay}>
          Let it go on
        </button>
        <button type="button" className="button danger" disabled={busy} onClick={onClose}>
          Close it
        </button>
      </div>
    </Modal>
  );
}
