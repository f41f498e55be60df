import { useEffect, useId, useRef } from "react";
import { useShallow } from "zustand/shallow";
import type { WorkerId } from "../../../contract/worker.ts";
import { narrowTo, usePanel } from "../../store.ts";
import { type Group, heldStill } from "../../words/groups.ts";
import { plain } from "../../words/plain.ts";
import { useNow } from "../now.ts";
import { useHolding } from "../use-holding.ts";
import { ClearEnded } from "./clear-ended.tsx";
import { newestWords } from "./peek.tsx";
import { Row } from "./row.tsx";
import { shownGroups } from "./shown.ts";
import { useListKeys } from "./use-list-keys.ts";

/** All workers in their groups. Tab goes on to the page. */
export function TeamList() {
  const { hands, shown } = useStillGroups();
  const { peeked, keys } = useListKeys();
  const selected = usePanel((panel) => (panel.place === "workers" ? panel.selected : undefined));
  const now = useNow();
  const rows = shown.flatMap(({ workers }) => workers);
  const reachable = (rows.find(({ id }) => id === selected) ?? rows[0])?.id;
  const glance = rows.find(({ id }) => id === peeked);
  return (
    <div className="team-list" {...keys} {...hands}>
      {shown.map((group) => (
        <GroupView key={group.name} {...{ group, now, selected, reachable, peeked }} />
      ))}
      <p className="unseen" aria-live="polite">
        {glance && plain(newestWords(glance))}
      </p>
      {rows.length === 0 && <NobodyFound />}
    </div>
  );
}

/** The groups; while a person points at them or moves in them, no row changes its place. */
function useStillGroups() {
  const { holding, hands } = useHolding();
  const panel = usePanel(useShallow(({ team, filter, groupBy, opened }) => ({ team, filter, groupBy, opened })));
  const before = useRef<{ groups: readonly Group[]; filter: string; groupBy: string }>(undefined);
  const { filter, groupBy } = panel;
  const now = shownGroups(panel);
  const same = before.current?.filter === filter && before.current.groupBy === groupBy;
  const shown = holding && same && before.current ? heldStill(before.current.groups, now) : now;
  useEffect(() => {
    before.current = { groups: shown, filter, groupBy };
  });
  return { hands, shown };
}

interface GroupProps {
  readonly group: Group;
  readonly now: number;
  readonly selected: WorkerId | undefined;
  readonly reachable: WorkerId | undefined;
  readonly peeked: WorkerId | undefined;
}

function GroupView({ group: { name, workers }, now, selected, reachable, peeked }: GroupProps) {
  const heading = useId();
  const ended = usePanel((panel) => panel.groupBy === "state") && name === "Ended";
  return (
    <section aria-labelledby={heading}>
      <div className="section-head">
        <h2 id={heading} className="section-name">
          {plain(name)} <span className="count">{workers.length}</span>
        </h2>
        {ended && <ClearEnded workers={workers} />}
      </div>
      <ul>
        {workers.map((worker) => (
          <Row
            key={worker.id}
            worker={worker}
            now={now}
            selected={worker.id === selected}
            reachable={worker.id === reachable}
            peeked={worker.id === peeked}
          />
        ))}
      </ul>
    </section>
  );
}

function NobodyFound() {
  const filter = usePanel((panel) => panel.filter);
  if (!filter) return null;
  return (
    <div className="nobody quiet" role="status">
      <p>No worker fits “{filter}”.</p>
      <button type="button" className="button" onClick={() => narrowTo("")}>
        Show all
      </button>
    </div>
  );
}
