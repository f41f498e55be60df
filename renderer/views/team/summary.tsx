import { useShallow } from "zustand/shallow";
import { usePanel } from "../../store.ts";
import { sectionOf } from "../../words/sections.ts";
import { teamWords } from "../../words/team.ts";
import { openNextInNeed } from "../use-shortcuts.ts";

/** How the team is, in one line; and the way to the next worker that needs the person. */
export function Summary() {
  const places = usePanel(useShallow((panel) => [...panel.team.workers.values()].map(sectionOf)));
  const { needs, others } = teamWords(places);
  return (
    <div className="summary">
      {needs && (
        <button type="button" className="needs" title="The next one that needs you (N)" onClick={openNextInNeed}>
          {needs} <span aria-hidden="true">N</span>
        </button>
      )}
      <p className="quiet">{others}</p>
    </div>
  );
}
