import { useState } from "react";
import type { WorkerId } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";

interface CloseProps {
  readonly id: WorkerId;
  readonly name: string;
  /** An idle worker is closed at once; any other only after a second look. */
  readonly idle: boolean;
}

export function CloseButton({ id, name, idle }: CloseProps) {
  const action = useAction();
  const [sure, setSure] = useState(true);

  async function close(force: boolean): Promise<void> {
    const worked = await action.run(() => call("close", { worker: id, force }));
    if (worked) setSure(true);
  }

  // It may have begun to work since the page showed it idle.
  const refused = action.failure?.code === "WORKER_BUSY" || action.failure?.code === "WORKER_ASKING";
  const asks = !sure || refused;
  const stay = () => {
    setSure(true);
    action.forget();
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={action.busy}
        onClick={() => (idle ? close(false) : setSure(false))}
      >
        Close
      </button>
      {asks && (
        <Modal title={`Close ${name}?`} onClose={stay}>
          <p>It is in the middle of something, which will be ended. What it has written to disk stays.</p>
          {!refused && <Failure of={action.failure} />}
          <div className="actions">
            <button type="button" className="button" onClick={stay}>
              Let it go on
            </button>
            <button type="button" className="button danger" disabled={action.busy} onClick={() => close(true)}>
              Close it
            </button>
          </div>
        </Modal>
      )}
      {!asks && <Failure of={action.failure} />}
    </>
  );
}
