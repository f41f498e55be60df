import { useState } from "react";
import { usePanel } from "../../store.ts";
import { type ActivityFilter, actors, narrowed } from "../../words/activity.ts";
import { plain } from "../../words/plain.ts";
import { Failure } from "../failure.tsx";
import { Sheet } from "../sheet.tsx";
import { Export } from "./export.tsx";
import { Timeline } from "./timeline.tsx";
import { useActivity } from "./use-activity.ts";

const everything: ActivityFilter = { by: "", worker: "", text: "" };

/** Who did what to whom in the team, newest first. */
export function ActivityPage() {
  const [filter, setFilter] = useState(everything);
  const { entries, more, reading, failure, older, all } = useActivity();
  const found = narrowed(entries, filter);
  return (
    <Sheet title="Activity" actions={<Export all={async () => narrowed(await all(), filter)} />}>
      <Filters filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
      <div className="sheet-body">
        <Timeline entries={found} />
        {found.length === 0 && (entries.length > 0 || !more) && (
          <p className="nothing quiet">
            {entries.length === 0 ? "Nothing has happened yet." : "Nothing fits this filter."}
          </p>
        )}
        {more && (
          <button type="button" className="button older" aria-disabled={reading} onClick={older}>
            {reading ? "Reading…" : "Show earlier"}
          </button>
        )}
        <Failure of={failure} />
      </div>
    </Sheet>
  );
}

interface FiltersProps {
  readonly filter: ActivityFilter;
  readonly onChange: (part: Partial<ActivityFilter>) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const workers = usePanel((panel) => panel.team.workers);
  return (
    <search className="activity-filter">
      <input
        type="search"
        aria-label="Search the activity"
        placeholder="Search"
        value={filter.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <select
        aria-label="By whom"
        value={filter.by}
        onChange={(event) => onChange({ by: event.target.value as ActivityFilter["by"] })}
      >
        <option value="">Everybody</option>
        {Object.entries(actors).map(([by, words]) => (
          <option key={by} value={by}>
            {words}
          </option>
        ))}
      </select>
      <select
        aria-label="About which worker"
        value={filter.worker}
        onChange={(event) => onChange({ worker: event.target.value })}
      >
        <option value="">All workers</option>
        {[...workers.values()].map(({ id, name }) => (
          <option key={id} value={id}>
            {plain(name)}
          </option>
        ))}
      </select>
    </search>
  );
}
