import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call, justClosed, undoable, usePanel } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { useAction } from "../action.ts";
import { withCommandKey } from "../command-key.ts";
import { Failure } from "../failure.tsx";
import { Icon } from "../icon.tsx";

/** Says that a worker was closed, wherever the person went meanwhile, and brings it back. On its own page it stands there. */
export function ClosedLine() {
  const worker = usePanel(undoable);
  const onItsPage = usePanel(({ place, selected, closed }) => place === "workers" && selected === closed);
  return (
    <div className="closed-place" role="status">
      {worker && !onItsPage && (
        <div className="closed-line">
          <UndoClose worker={worker} />
          <button type="button" className="icon-button" aria-label="Put it away" onClick={() => justClosed(undefined)}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}

/** The undo of closing: the same conversation goes on in a new terminal. It takes the focus that the button of closing had. */
export function UndoClose({ worker }: { worker: Worker }) {
  const { busy, failure, run } = useAction();
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <>
      <p id={id}>
        <bdi>{plain(worker.name)}</bdi> is closed. Its conversation is kept.
      </p>
      <button
        ref={button}
        type="button"
        className="button"
        data-undo=""
        title={`Goes on with it in a new terminal (${withCommandKey("Z")})`}
        aria-describedby={id}
        aria-disabled={busy}
        onKeyDown={notByRepeating}
        onClick={() => busy || run(() => call("resume", { worker: worker.id }))}
      >
        Undo
      </button>
      <Failure of={failure} />
    </>
  );
}

/** A key that was held a little too long on "Close" does not take it back at once. */
function notByRepeating(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}
