import type { WorkerId } from "../../../contract/worker.ts";
import { type Paste, pastesIn, sizeOf, unfolded, withoutPaste } from "../../words/paste.ts";
import { plain } from "../../words/plain.ts";
import { Icon } from "../icon.tsx";
import { type Draft, write } from "./writings.ts";

const previewed = 600;

/** The large pastes in a message: each can be opened to be edited, or taken out. */
export function Pastes({ worker, draft }: { worker: WorkerId; draft: Draft }) {
  const pastes = pastesIn(draft);
  if (pastes.length === 0) return null;
  const change = (how: typeof unfolded, paste: Paste) => () => write(worker, how(draft, paste));
  return (
    <ul className="chips" aria-label="Pasted texts">
      {pastes.map((paste) => (
        <li key={paste.place} className="chip" title={plain(paste.text.slice(0, previewed))}>
          Pasted text {paste.place + 1} <span className="quiet">{sizeOf(paste.text)}</span>
          <button type="button" className="button plain" onClick={change(unfolded, paste)}>
            Edit
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={`Take out pasted text ${paste.place + 1}`}
            onClick={change(withoutPaste, paste)}
          >
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  );
}
