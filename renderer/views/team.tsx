import { useShallow } from "zustand/shallow";
import { showSpawn, usePanel } from "../store.ts";
import { sectionOf } from "../words/sections.ts";
import { Managers } from "./managers.tsx";
import { TeamList } from "./team-list.tsx";

/** The left column: how the team is, its workers, and who leads it. */
export function Team() {
  const workers = usePanel(useShallow((panel) => [...panel.team.workers.values()].map(sectionOf)));
  const counted = summary(
    workers.filter((section) => section === "Needs you").length,
    workers.filter((section) => section === "Working").length,
  );
  return (
    <nav className="team" aria-label="Workers">
      <div className="team-head">
        <div>
          <p className="team-name">Claude Team</p>
          <p className="quiet">{counted}</p>
        </div>
        <button type="button" className="button" onClick={() => showSpawn(true)}>
          New worker
        </button>
      </div>
      <TeamList />
      <Managers />
    </nav>
  );
}

function summary(asking: number, working: number): string {
  const needs = asking > 0 ? `${asking} ${asking === 1 ? "needs" : "need"} you` : "Nobody needs you";
  return working > 0 ? `${needs} · ${working} working` : needs;
}
