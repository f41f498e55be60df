import { show, showDialog, usePanel } from "../../store.ts";
import { Icon, type IconName } from "../icon.tsx";
import { FilterField } from "./filter-field.tsx";
import { Managers } from "./managers.tsx";
import { Summary } from "./summary.tsx";
import { TeamList } from "./team-list.tsx";

/** The left column: how the team is, its workers, and who leads it. */
export function Team() {
  const anybody = usePanel((panel) => panel.team.workers.size > 0);
  return (
    <nav className="team" aria-label="Workers">
      <div className="team-head">
        <p className="team-name">Claude Team</p>
        <Tools />
      </div>
      <Summary />
      {anybody && <FilterField />}
      <TeamList />
      <Managers />
    </nav>
  );
}

function Tools() {
  const place = usePanel((panel) => panel.place);
  return (
    <div className="tools">
      <Tool icon="activity" label="Activity" hint="A" here={place === "activity"} onUse={() => show("activity")} />
      <Tool icon="settings" label="Settings" hint="S" here={place === "settings"} onUse={() => show("settings")} />
      <Tool icon="plus" label="New worker" hint="C" onUse={() => showDialog("spawn")} />
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  /** The key that does the same. */
  readonly hint: string;
  readonly here?: boolean;
  readonly onUse: () => void;
}

function Tool({ icon, label, hint, here, onUse }: ToolProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-current={here ? "page" : undefined}
      title={`${label} (${hint})`}
      onClick={onUse}
    >
      <Icon name={icon} />
    </button>
  );
}
