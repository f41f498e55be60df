import { memo } from "react";
import type { ActivityEntry } from "../../../contract/activity.ts";
import { select, usePanel } from "../../store.ts";
import { activityWords } from "../../words/activity.ts";
import { plain } from "../../words/plain.ts";

/** Entries under the day they stand on. */
export function Timeline({ entries }: { entries: readonly ActivityEntry[] }) {
  return days(entries).map(({ day, lines }) => (
    <section key={day} aria-label={day} className="day">
      <h3>{day}</h3>
      <ol>
        {lines.map((entry) => (
          <Line key={entry.seq} entry={entry} />
        ))}
      </ol>
    </section>
  ));
}

const Line = memo(function Line({ entry }: { entry: ActivityEntry }) {
  const { who, verb, whom, about, outcome } = activityWords(entry);
  const when = new Date(entry.at);
  return (
    <li className={`entry entry-${entry.by}`}>
      <time dateTime={when.toISOString()}>{clock.format(when)}</time>
      <p className="entry-head">
        <Name of={entry} name={who} isWorker={whom === null && entry.name === who} /> {verb}{" "}
        {whom !== null && <Name of={entry} name={whom} isWorker />}
      </p>
      {(about || outcome) && (
        <p className="entry-about">
          {about && <span>{plain(about)}</span>}
          {outcome && (
            <span className="badge" title={plain(outcome)}>
              {plain(outcome)}
            </span>
          )}
        </p>
      )}
    </li>
  );
});

/** A worker that is still there can be opened. */
function Name({ of: { worker }, name, isWorker }: { of: ActivityEntry; name: string; isWorker: boolean }) {
  const there = usePanel((panel) => worker !== null && panel.team.workers.has(worker));
  if (!isWorker || !there || worker === null) return <strong>{plain(name)}</strong>;
  return (
    <button type="button" className="link" onClick={() => select(worker)}>
      {plain(name)}
    </button>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const calendar = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

function days(entries: readonly ActivityEntry[]): { day: string; lines: readonly ActivityEntry[] }[] {
  const found = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const day = calendar.format(entry.at);
    const lines = found.get(day);
    if (lines) lines.push(entry);
    else found.set(day, [entry]);
  }
  return [...found].map(([day, lines]) => ({ day, lines }));
}
