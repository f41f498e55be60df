import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { useShallow } from "zustand/shallow";
import type { WorkerId } from "../../../contract/worker.ts";
import { call, narrowTo, usePanel } from "../../store.ts";
import { type Group, heldStill } from "../../words/groups.ts";
import { plain } from "../../words/plain.ts";
import { useNow } from "../now.ts";
import { useHolding } from "../use-holding.ts";
import { Row } from "./row.tsx";
import { shownGroups } from "./shown.ts";

/** All workers in their groups. Arrow keys, Home and End move; Tab goes on to the page. */
export function TeamList() {
  const { hands, shown } = useStillGroups();
  const selected = usePanel((panel) => (panel.place === "workers" ? panel.selected : undefined));
  const now = useNow();
  const rows = shown.flatMap(({ workers }) => workers);
  const reachable = (rows.find(({ id }) => id === selected) ?? rows[0])?.id;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside; one listener serves them all
    <div className="team-list" onKeyDown={onKeys} {...hands}>
      {shown.map((group) => (
        <GroupView key={group.name} group={group} now={now} selected={selected} reachable={reachable} />
      ))}
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
}

function GroupView({ group: { name, workers }, now, selected, reachable }: GroupProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="section-name">
        {plain(name)} <span className="count">{workers.length}</span>
      </h2>
      <ul>
        {workers.map((worker) => (
          <Row
            key={worker.id}
            worker={worker}
            now={now}
            selected={worker.id === selected}
            reachable={worker.id === reachable}
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

function onKeys(event: KeyboardEvent<HTMLDivElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("button.row")];
  const here = rows.indexOf(document.activeElement as HTMLElement);
  if (here < 0 || event.metaKey || event.ctrlKey || event.altKey) return;
  const there = { ArrowDown: here + 1, j: here + 1, ArrowUp: here - 1, k: here - 1, Home: 0, End: rows.length - 1 }[
    event.key
  ];
  const removes = event.key === "Delete" || event.key === "Backspace";
  if (there === undefined && !removes) return;
  event.preventDefault();
  if (removes) dismissEnded(rows[here]?.dataset.worker);
  const goal = there ?? (here + 1 < rows.length ? here + 1 : here - 1);
  rows[Math.max(0, Math.min(goal, rows.length - 1))]?.focus();
}

/** Nothing happens to a worker that lives. */
function dismissEnded(id: string | undefined): void {
  const worker = [...usePanel.getState().team.workers.values()].find((each) => each.id === id);
  // When it fails the row is still there to be seen.
  if (worker?.phase.is === "gone") call("dismiss", { worker: worker.id }).catch(() => {});
}
