import { showSpawn, usePanel } from "../store.ts";

/** What stands where no worker is chosen: how to begin, or to choose one. */
export function Welcome() {
  const anybody = usePanel((panel) => panel.team.workers.size > 0);
  if (anybody) return <p className="nothing quiet">Choose a worker to see what it does.</p>;
  return (
    <div className="welcome">
      <h2>Your team is empty</h2>
      <ol>
        <li>
          Let a Claude Code session lead it. In a terminal, run
          <code className="command">claude-team install</code>
          then start <code>claude</code> and ask it to spawn a worker.
        </li>
        <li>
          Or begin yourself:
          <button type="button" className="button primary" onClick={() => showSpawn(true)}>
            Spawn a worker
          </button>
        </li>
      </ol>
      <p className="quiet">Workers appear in the list: first who needs you, then who works, then who is done.</p>
    </div>
  );
}
