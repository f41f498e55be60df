import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { usePanel } from "../../store.ts";
import { isLarge, markFor, type Writing, wholeText } from "../../words/paste.ts";
import { plain } from "../../words/plain.ts";
import { commandKey } from "../command-key.ts";
import { Failure } from "../failure.tsx";
import { Pastes } from "./pastes.tsx";
import { Receipts } from "./receipts.tsx";
import { AddRecipients, Recipients } from "./recipients.tsx";
import { useSending, type WhenBusy } from "./sending.ts";
import { write } from "./writings.ts";

/** Writes to a worker, or to several, and says what became of what was written. */
export function Composer({ worker }: { worker: Worker }) {
  const { id, phase } = worker;
  const { draft, recipients, ready, failure, send, commandLike, asCommand, setAsCommand } = useSending(worker);
  const addressee = useAddressee(recipients);
  const [whenBusy, setWhenBusy] = useState<WhenBusy>("hold");
  const asking = phase.is === "asking";
  return (
    <form
      className={asking ? "composer asking" : "composer"}
      onSubmit={(event) => {
        event.preventDefault();
        void send(whenBusy);
      }}
    >
      <Recipients worker={worker} to={recipients} />
      <textarea
        aria-label={`Message to ${addressee}`}
        placeholder={asking ? "Answer its request first" : `Message to ${addressee}`}
        rows={2}
        value={draft.text}
        onChange={(event) => write(id, { text: event.target.value })}
        onKeyDown={sendOnEnter(send, whenBusy)}
        onPaste={(event) => foldLarge(event, draft, (pastes) => write(id, { pastes }))}
        onCopy={(event) => takeWhole(event, draft)}
        onCut={(event) => takeWhole(event, draft) && document.execCommand("delete")}
      />
      <Pastes worker={id} draft={draft} />
      {(!asking || draft.text !== "") && (
        <div className="actions">
          {commandLike && <AsCommand checked={asCommand} onChange={setAsCommand} />}
          {phase.is === "working" && <BusyChoice value={whenBusy} onChange={setWhenBusy} />}
          <Hint phase={phase} />
          <AddRecipients worker={worker} to={recipients} />
          <button type="submit" className="button primary" disabled={!ready}>
            {recipients.length > 1 && `Send to ${recipients.length}`}
            {recipients.length === 1 && (recipients[0] === id ? "Send" : `Send to ${addressee}`)}
          </button>
        </div>
      )}
      <Failure of={failure} />
      <Receipts worker={worker} />
    </form>
  );
}

/** One by name, several by their number. */
function useAddressee(recipients: readonly WorkerId[]): string {
  const [first] = recipients;
  const name = usePanel(({ team }) => (first && team.workers.get(first)?.name) ?? first ?? "");
  return recipients.length > 1 ? `${recipients.length} workers` : plain(name);
}

function Hint({ phase }: Pick<Worker, "phase">) {
  return (
    <span className="hint quiet">
      Enter sends · Shift-Enter: new line{phase.is === "working" && ` · ${commandKey}-Enter: interrupt and send`}
    </span>
  );
}

/** Enter sends, ⌘- or Ctrl-Enter interrupts first; an Enter that ends the writing of a composed character does neither. */
const sendOnEnter =
  (send: (how: WhenBusy) => Promise<void>, whenBusy: WhenBusy) => (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send(event.metaKey || event.ctrlKey ? "interrupt" : whenBusy);
  };

/** A large paste stands in the text as a mark. It is put in as if typed, so that it can be undone. */
function foldLarge(event: ClipboardEvent, { pastes }: Writing, keep: (pastes: readonly string[]) => void): void {
  const pasted = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
  if (!isLarge(pasted)) return;
  event.preventDefault();
  keep([...pastes, pasted]);
  // Deprecated, and the only way into a field that its undo knows of.
  document.execCommand("insertText", false, markFor(pastes.length, pasted));
}

/** What is taken along means something elsewhere too: a mark in it becomes its paste. False when there is none: it goes as it is. */
function takeWhole(event: ClipboardEvent<HTMLTextAreaElement>, { pastes }: Writing): boolean {
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  const text = value.slice(selectionStart, selectionEnd);
  const whole = wholeText({ text, pastes });
  if (whole === text) return false;
  event.clipboardData.setData("text/plain", whole);
  event.preventDefault();
  return true;
}

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
