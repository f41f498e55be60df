import { usePanel } from "../store.ts";
import { Announcer } from "./announcer.tsx";
import { Banner, Refused } from "./banner.tsx";
import { SpawnDialog } from "./spawn-dialog.tsx";
import { Team } from "./team.tsx";
import { Welcome } from "./welcome.tsx";
import { WorkerPage } from "./worker/worker-page.tsx";

export function App() {
  const is = usePanel((panel) => panel.connection.is);
  const worker = usePanel((panel) => panel.selected && panel.team.workers.get(panel.selected));
  const spawning = usePanel((panel) => panel.spawning);
  if (is === "refused") return <Refused />;
  return (
    <div className="panel" data-shows={worker ? "worker" : "team"}>
      <header className="banner-place">
        <h1 className="unseen">Claude Team</h1>
        <Banner />
      </header>
      <Team />
      <main className="page">
        {worker ? <WorkerPage key={worker.id} worker={worker} /> : is !== "connecting" && <Welcome />}
      </main>
      {spawning && <SpawnDialog />}
      <Announcer />
    </div>
  );
}
