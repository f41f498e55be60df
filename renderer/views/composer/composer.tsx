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
  const { draft, ready, failure, send, commandLike, asCommand, setAsCommand } = useMessage(worker);
  const [whenBusy, setWhenBusy] = useState<WhenBusy>("hold");
  return (
    <form
      className={phase.is === "asking" ? "composer asking" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        void send(whenBusy);
      }}
    >
      <textarea
        aria-label={`Message to ${name}`}
        placeholder={phase.is === "asking" ? "Answer its request first" : `Message to ${name}`}
        rows={2}
        value={draft}
        onChange={(event) => keepDraft(id, event.target.value)}
        onKeyDown={sendOnEnter(send, whenBusy)}
      />
      {phase.is !== "asking" && (
        <div className="actions">
          {commandLike && <AsCommand checked={asCommand} onChange={setAsCommand} />}
          {phase.is === "working" && <BusyChoice value={whenBusy} onChange={setWhenBusy} />}
          <span className="hint quiet">
            Enter sends · Shift-Enter: new line{phase.is === "working" && " · Ctrl-Enter: interrupt and send"}
          </span>
          <button type="submit" className="button primary" disabled={!ready}>
            Send
          </button>
        </div>
      )}
      <Failure of={failure} />
      <Receipts worker={worker} />
    </form>
  );
}

/** The message being written. It is kept until it was accepted. */
function useMessage({ id, phase }: Worker) {
  const draft = usePanel((panel) => panel.drafts[id] ?? "");
  const { busy, failure, run } = useAction();
  const [asCommand, setAsCommand] = useState(false);
  const commandLike = /^\s*[/!]/.test(draft);
  const ready = draft.trim() !== "" && !busy && phase.is !== "asking";

  async function send(whenBusy: WhenBusy): Promise<void> {
    if (!ready) return;
    const as = commandLike && asCommand ? "command" : "text";
    if (!(await run(() => call("send", { worker: id, text: draft, as, whenBusy })))) return;
    // What was typed meanwhile is the next message.
    if (usePanel.getState().drafts[id] === draft) keepDraft(id, "");
    setAsCommand(false);
  }

  return { draft, ready, failure, send, commandLike, asCommand, setAsCommand };
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
