import type { Phase, Reason, Worker } from "../../../contract/worker.ts";
import { age, ago } from "../../words/age.ts";
import { ending, phaseWord } from "../../words/sentence.ts";
import { useNow } from "../now.ts";

const sources: Record<Reason["signal"], string> = {
  live: "Claude’s status file",
  hook: "Claude’s hook",
  transcript: "the transcript",
  process: "the process",
  screen: "the screen",
  team: "claude-team",
  terminal: "the terminal",
};

/** The phase, and on request the signals it was judged from, also those that were overruled. */
export function Why({ worker: { phase, since, why } }: { worker: Worker }) {
  const now = useNow();
  return (
    <details className="why">
      <summary>
        {standing(phase, since, now)} <span className="why-word">why?</span>
      </summary>
      <ul>
        {why.map((reason) => (
          <li key={`${reason.signal} ${reason.says}`} className={reason.agrees ? "" : "overruled"}>
            <span className="why-source">{sources[reason.signal]}</span> {reason.says}
            {reason.at !== null && <span className="quiet"> {ago(reason.at, now)}</span>}
            {!reason.agrees && <span className="badge">overruled</span>}
          </li>
        ))}
        {why.length === 0 && <li>Nothing was observed yet.</li>}
      </ul>
    </details>
  );
}

function standing(phase: Phase, since: number, now: number): string {
  if (phase.is === "gone") return `${ending(phase.reason)}, ${ago(since, now)}`;
  const long = age(since, now);
  return long === "now" ? phaseWord(phase) : `${phaseWord(phase)} for ${long}`;
}
