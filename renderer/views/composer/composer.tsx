import { type KeyboardEvent, useState } from "react";
import type { Input } from "../../../contract/commands.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call, keepDraft, usePanel } from "../../store.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Receipts } from "./receipts.tsx";

type WhenBusy = NonNullable<Input<"send">["whenBusy"]>;

/** Writes to a worker, and says what became of what was written. */
export function Composer({ worker }: { worker: Worker }) {
  const { id, name, phase } = worker;
  const draft = usePanel((panel) => panel.drafts[id] ?? "");
  const action = useAction();
  const [whenBusy, setWhenBusy] = useState<WhenBusy>("hold");
  const [asCommand, setAsCommand] = useState(false);
  const commandLike = /^\s*[/!]/.test(draft);
  const asking = phase.is === "asking";

  async function send(how: WhenBusy): Promise<void> {
    if (draft.trim() === "" || action.busy || asking) return;
    const as = commandLike && asCommand ? "command" : "text";
    const worked = await action.run(() => call("send", { worker: id, text: draft, as, whenBusy: how }));
    if (!worked) return;
    keepDraft(id, "");
    setAsCommand(false);
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send(whenBusy);
      }}
    >
      <textarea
        aria-label={`Message to ${name}`}
        placeholder={asking ? "Answer its request first" : `Message to ${name}`}
        rows={2}
        value={draft}
        onChange={(event) => keepDraft(id, event.target.value)}
        onKeyDown={sendOnEnter(send, whenBusy)}
      />
      <div className="actions">
        {commandLike && <AsCommand checked={asCommand} onChange={setAsCommand} />}
        {phase.is === "working" && <BusyChoice value={whenBusy} onChange={setWhenBusy} />}
        <span className="hint quiet">
          Enter sends · Shift-Enter: new line{phase.is === "working" && " · Ctrl-Enter: interrupt and send"}
        </span>
        <button type="submit" className="button primary" disabled={action.busy || asking || draft.trim() === ""}>
          Send
        </button>
      </div>
      <Failure of={action.failure} />
      <Receipts worker={worker} />
    </form>
  );
}

/** Enter sends, ⌘- or Ctrl-Enter interrupts first; an Enter that ends the writing of a composed character does neither. */
const sendOnEnter =
  (send: (how: WhenBusy) => Promise<void>, whenBusy: WhenBusy) => (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send(event.metaKey || event.ctrlKey ? "interrupt" : whenBusy);
  };

function AsCommand({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="option">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      Run it as a command of Claude Code
    </label>
  );
}

function BusyChoice({ value, onChange }: { value: WhenBusy; onChange: (value: WhenBusy) => void }) {
  return (
    <label className="busy-choice">
      <span className="unseen">While it works</span>
      <select value={value} onChange={(event) => onChange(event.target.value as WhenBusy)}>
        <option value="hold">When it is done</option>
        <option value="queue">Into Claude’s own queue, now</option>
      </select>
    </label>
  );
}
