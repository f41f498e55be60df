import { useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";

/** Takes all ended workers that are shown off the list; of several, after a second look. */
export function ClearEnded({ workers }: { workers: readonly Worker[] }) {
  const [asks, setAsks] = useState(false);
  const { busy, failure, run } = useAction();
  const clear = () => run(() => Promise.all(workers.map(({ id }) => call("dismiss", { worker: id }))));
  return (
    <>
      <button
        type="button"
        className="button plain"
        aria-label="Clear all ended"
        onClick={() => (workers.length > 1 ? setAsks(true) : busy || clear())}
      >
        Clear
      </button>
      {asks && (
        <Modal title={`Take ${workers.length} ended workers off the list?`} onClose={() => setAsks(false)}>
          <p>
            They cannot be resumed from here afterwards. Their conversations stay with Claude Code:{" "}
            <code className="whole">claude --resume</code> in their directories finds them.
          </p>
          <Failure of={failure} />
          <div className="actions">
            <button type="button" className="button" onClick={() => setAsks(false)}>
              Keep them
            </button>
            <button type="button" className="button danger" aria-disabled={busy} onClick={() => busy || clear()}>
              Take them off
            </button>
          </div>
        </Modal>
      )}
    </>
  );
}
