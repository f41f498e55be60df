import { useId, useState } from "react";
import type { Worker, WorkerId } from "../../../contract/worker.ts";
import { usePanel } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { phaseWord } from "../../words/sentence.ts";
import { Glyph } from "../glyph.tsx";
import { Icon } from "../icon.tsx";
import { leaveOnEscape } from "../worker/leave-on-escape.ts";
import { write } from "./writings.ts";

interface RecipientsProps {
  /** Of the page. */
  readonly worker: Worker;
  /** To whom it goes. */
  readonly to: readonly WorkerId[];
}

/** Everybody a message goes to, when that is not just the worker of the page. */
export function Recipients({ worker, to }: RecipientsProps) {
  const workers = usePanel((panel) => panel.team.workers);
  const others = to.filter((id) => id !== worker.id);
  if (others.length === 0) return null;
  const leave = (id: WorkerId) => write(worker.id, { to: to.filter((other) => other !== id) });
  return (
    <>
      <ul className="chips" aria-label="Goes to">
        <li className="chips-label quiet">To</li>
        {others.length < to.length && <li className="chip">{plain(worker.name)}</li>}
        {others.map((id) => {
          const name = plain(workers.get(id)?.name ?? id);
          return (
            <li key={id} className="chip">
              {name}
              {to.length > 1 && (
                <button type="button" className="icon-button" aria-label={`Not to ${name}`} onClick={() => leave(id)}>
                  <Icon name="cross" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {others.length === to.length && <OnlyLeft name={plain(worker.name)} />}
    </>
  );
}

const OnlyLeft = ({ name }: { name: string }) => (
  <p className="quiet only-left">
    {name} took its message. What stands here is only for those who did not, also if you change it. Empty it to write to{" "}
    {name} again.
  </p>
);

/** Chooses the others that a message goes to as well. Drawn while it is open: with many workers it would slow down the typing. */
export function AddRecipients({ worker, to }: RecipientsProps) {
  const [open, setOpen] = useState(false);
  const anybody = usePanel((panel) => othersOf(worker.id, panel.team.workers.values()).length > 0);
  const id = useId();
  if (!anybody) return null;
  return (
    <>
      <button type="button" className="button plain" popoverTarget={id}>
        To others…
      </button>
      <div
        id={id}
        className="menu recipients"
        popover="auto"
        role="dialog"
        aria-label="Send it also to others"
        onBeforeToggle={({ newState }) => setOpen(newState === "open")}
        onKeyDown={leaveOnEscape}
      >
        {open && <Choices worker={worker} to={to} />}
      </div>
    </>
  );
}

function Choices({ worker, to }: RecipientsProps) {
  const workers = usePanel((panel) => panel.team.workers);
  const toggle = (other: WorkerId) =>
    write(worker.id, { to: to.includes(other) ? to.filter((id) => id !== other) : [...to, other] });
  return (
    <fieldset>
      <legend>Send it also to</legend>
      {othersOf(worker.id, workers.values()).map((other) => (
        <label key={other.id} className="option">
          <input
            type="checkbox"
            checked={to.includes(other.id)}
            disabled={to.length === 1 && to.includes(other.id)}
            onChange={() => toggle(other.id)}
          />
          <Glyph phase={other.phase} unread={false} />
          <span className="recipient-name">{plain(other.name)}</span>
          <span className="quiet">{phaseWord(other.phase)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const othersOf = (id: WorkerId, workers: Iterable<Worker>) =>
  [...workers].filter((other) => other.id !== id && other.phase.is !== "gone");
