import type { FormEvent, KeyboardEvent } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { useLeaveFocus } from "../leave-focus.ts";

/** Takes the name's place while it is changed. Enter keeps, Esc leaves it. */
export function RenameForm({ worker, onDone }: { worker: Worker; onDone: () => void }) {
  const action = useAction();
  const form = useLeaveFocus<HTMLFormElement>();

  async function rename(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    if (await action.run(() => call("rename", { worker: worker.id, name }))) onDone();
  }

  function leave(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onDone();
  }

  return (
    <form className="rename" ref={form} onSubmit={rename}>
      <h2 id="worker-name" className="unseen">
        {plain(worker.name)}
      </h2>
      <input
        name="name"
        aria-label="Name"
        defaultValue={worker.name}
        required
        maxLength={80}
        // biome-ignore lint/a11y/noAutofocus: it appears where the person just pressed "Rename"
        autoFocus
        autoComplete="off"
        onKeyDown={leave}
        onFocus={(event) => event.target.select()}
      />
      <button type="submit" className="button" disabled={action.busy}>
        Save
      </button>
      <button type="button" className="button plain" onClick={onDone}>
        Cancel
      </button>
      <Failure of={action.failure} />
    </form>
  );
}
