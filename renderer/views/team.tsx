import { useShallow } from "zustand/shallow";
import { showSpawn, usePanel } from "../store.ts";
import { type SectionName, sectionOf } from "../words/sections.ts";
import { Managers } from "./managers.tsx";
import { TeamList } from "./team-list.tsx";

/** The left column: how the team is, its workers, and who leads it. */
export function Team() {
  const places = usePanel(useShallow((panel) => [...panel.team.workers.values()].map(sectionOf)));
  return (
    <nav className="team" aria-label="Workers">
      <div className="team-head">
        <div>
          <p className="team-name">Claude Team</p>
          <p className="quiet">{summary(places)}</p>
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

function summary(places: readonly SectionName[]): string {
  if (places.length === 0) return "No workers yet";
  const asking = places.filter((place) => place === "Needs you").length;
  const working = places.filter((place) => place === "Working").length;
  const parts = [asking > 0 && `${asking} ${asking === 1 ? "needs" : "need"} you`, working > 0 && `${working} working`];
  return parts.filter(Boolean).join(" · ") || "Nobody needs you";
}
