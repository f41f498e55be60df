import type { Phase, Reason, Worker } from "../../../contract/worker.ts";
import { age, ago } from "../../words/age.ts";
import { plain } from "../../words/plain.ts";
import { ending, phaseWord } from "../../words/sentence.ts";
import { type Said, weighed } from "../../words/why.ts";
import { useNow } from "../now.ts";

const sources: Record<Reason["signal"], string> = {
  live: "Claude’s status file",
  hook: "Claude’s hook",
  transcript: "The transcript",
  process: "The process",
  screen: "The screen",
  team: "claude-team",
  terminal: "The terminal",
};

/** The phase, and on request the signals it was judged from, also those that were overruled. */
export function Why({ worker }: { worker: Worker }) {
  const now = useNow();
  const { phase, since } = worker;
  const all = weighed(worker);
  return (
    <details className="why">
      <summary>
        {standing(phase, since, now)} <span className="why-word">why?</span>
      </summary>
      <ul>
        {all.map((said) => (
          <Line key={`${said.reason.signal} ${said.reason.says}`} said={said} now={now} />
        ))}
        {all.length === 0 && <li>Nothing was observed yet.</li>}
      </ul>
    </details>
  );
}

function Line({ said: { reason, counts }, now }: { said: Said; now: number }) {
  const { signal, says, at } = reason;
  return (
    <li className={`why-${counts}`}>
      <span className="why-source">{sources[signal]}</span>{" "}
      <span className="why-says">
        {plain(says)} <span className="quiet">{at === null ? "at an unknown time" : ago(at, now)}</span>
        {counts !== "agrees" && <span className="badge">{badges[counts]}</span>}
      </span>
    </li>
  );
}

const badges = { overruled: "overruled", earlier: "from before" };

function standing(phase: Phase, since: number, now: number): string {
  if (phase.is === "gone") return `${plain(ending(phase.reason))}, ${ago(since, now)}`;
  const long = age(since, now);
  return long === "now" ? phaseWord(phase) : `${phaseWord(phase)} for ${long}`;
}
