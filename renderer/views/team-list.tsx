import type { KeyboardEvent } from "react";
import { usePanel } from "../store.ts";
import { type Section, sections } from "../words/sections.ts";
import { useNow } from "./now.ts";
import { Row } from "./row.tsx";

/** All workers in their sections. Arrow keys, Home and End move; Tab goes on to the page. */
export function TeamList() {
  const workers = usePanel((panel) => panel.team.workers);
  const selected = usePanel((panel) => panel.selected);
  const now = useNow();
  const opened = usePanel((panel) => panel.opened);
  const shown = sections(workers.values(), opened);
  const first = shown[0]?.workers[0]?.id;
  const reachable = selected && workers.has(selected) ? selected : first;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside; one listener serves them all
    <div className="team-list" onKeyDown={moveFocus}>
      {shown.map((section) => (
        <SectionView key={section.name} section={section} now={now} selected={selected} reachable={reachable} />
      ))}
    </div>
  );
}

interface SectionProps {
  readonly section: Section;
  readonly now: number;
  readonly selected: string | undefined;
  readonly reachable: string | undefined;
}

function SectionView({ section: { name, workers }, now, selected, reachable }: SectionProps) {
  const heading = `section-${name.toLowerCase().replace(" ", "-")}`;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="section-name">
        {name} <span className="count">{workers.length}</span>
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

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("button.row")];
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (there === undefined || here < 0) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(there, rows.length - 1))]?.focus();
}
