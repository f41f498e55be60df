import { usePanel } from "../store.ts";
import { ActivityPage } from "./activity/activity-page.tsx";
import { Announcer } from "./announcer.tsx";
import { useAppearance } from "./appearance.ts";
import { Banner, Refused } from "./banner.tsx";
import { KeyHelp } from "./key-help.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";
import { SpawnDialog } from "./spawn/spawn-dialog.tsx";
import { Team } from "./team/team.tsx";
import { useShortcuts } from "./use-shortcuts.ts";
import { Welcome } from "./welcome.tsx";
import { ClosedLine } from "./worker/undo-close.tsx";
import { WorkerPage } from "./worker/worker-page.tsx";

export function App() {
  const refused = usePanel((panel) => panel.connection.is === "refused");
  const dialog = usePanel((panel) => panel.dialog);
  const shows = usePanel(shown);
  useAppearance();
  useShortcuts();
  if (refused) return <Refused />;
  return (
    <div className="panel" data-shows={shows}>
      <header className="banner-place">
        <h1 className="unseen">Claude Team</h1>
        <Banner />
      </header>
      <Team />
      <main className="page">
        <Page />
      </main>
      <ClosedLine />
      {dialog === "spawn" && <SpawnDialog />}
      {dialog === "keys" && <KeyHelp />}
      <Announcer />
    </div>
  );
}

/** What a narrow window has room for. */
function shown({ place, selected, team }: ReturnType<typeof usePanel.getState>): "page" | "welcome" | "team" {
  if (place !== "workers" || (selected && team.workers.has(selected))) return "page";
  return team.workers.size === 0 ? "welcome" : "team";
}

function Page() {
  const place = usePanel((panel) => panel.place);
  const worker = usePanel((panel) => panel.selected && panel.team.workers.get(panel.selected));
  const known = usePanel((panel) => panel.connection.is !== "connecting");
  if (place === "activity") return <ActivityPage />;
  if (place === "settings") return <SettingsPage />;
  if (worker) return <WorkerPage key={worker.id} worker={worker} />;
  return known && <Welcome />;
}
