import { useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";

/** Takes all ended workers that are shown off the list; of several, after a second look, and only those. */
export function ClearEnded({ workers }: { workers: readonly Worker[] }) {
  const [asked, setAsked] = useState(none);
  const { busy, failure, run } = useAction();
  const close = () => setAsked(none);

  async function clear(these: readonly Worker[]): Promise<void> {
    const ended = these.filter(({ id }) => usePanel.getState().team.workers.get(id)?.phase.is === "gone");
    if (await run(() => Promise.all(ended.map(({ id }) => call("dismiss", { worker: id }))))) close();
  }

  return (
    <>
      <button
        type="button"
        className="button plain"
        aria-label="Clear all ended"
        onClick={() => (workers.length > 1 ? setAsked(workers) : busy || clear(workers))}
      >
        Clear
      </button>
      {asked.length > 0 && (
        <Modal title={`Take ${asked.length} ended workers off the list?`} onClose={close}>
          <p>
            They cannot be resumed from here afterwards. Their conversations stay with Claude Code:{" "}
            <code className="whole">claude --resume</code> in their directories finds them.
          </p>
          <Failure of={failure} />
          <div className="actions">
            <button type="button" className="button" onClick={close}>
              Keep them
            </button>
            <button type="button" className="button danger" aria-disabled={busy} onClick={() => busy || clear(asked)}>
              Take them off
            </button>
          </div>
        </Modal>
      )}
    </>
  );
}

const none: readonly Worker[] = [];
