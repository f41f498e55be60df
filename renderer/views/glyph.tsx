import type { Phase } from "../../contract/worker.ts";
import { phaseWord } from "../words/sentence.ts";

/** Round while it lives, square when it has ended; the fill tells the phase. The colour only repeats it. */
export function Glyph({ phase, unread }: { phase: Phase; unread: boolean }) {
  return (
    <span className={`glyph glyph-${phase.is}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {shape(phase.is)}
        {unread && phase.is === "idle" && <circle className="dot" cx="8" cy="8" r="3" />}
      </svg>
      <span className="unseen">{unread && phase.is === "idle" ? "Unread" : phaseWord(phase)}</span>
    </span>
  );
}

function shape(is: Phase["is"]) {
  switch (is) {
    case "gone":
      return <rect className="ring" x="3.5" y="3.5" width="9" height="9" rx="1.5" />;
    case "starting":
      return <circle className="ring" cx="8" cy="8" r="5.25" strokeDasharray="2.5 3" />;
    case "working":
      return <circle className="disc" cx="8" cy="8" r="5.25" />;
    case "asking":
      return (
        <>
          <circle className="disc" cx="8" cy="8" r="7" />
          <path className="mark" d="M8 4v5M8 11.4v.2" />
        </>
      );
    case "idle":
      return <circle className="ring" cx="8" cy="8" r="5.25" />;
  }
}
