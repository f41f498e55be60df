import { showDialog, usePanel } from "../store.ts";
import { CopyLine } from "./copy-line.tsx";
import { Checks } from "./settings/checks.tsx";

/** What stands where no worker is chosen: how to begin, or to choose one. */
export function Welcome() {
  const anybody = usePanel((panel) => panel.team.workers.size > 0);
  if (anybody)
    return (
      <p className="nothing quiet">
        <span>
          Choose a worker to see what it does. <kbd className="key">N</kbd> leads to the next one that needs you,{" "}
          <kbd className="key">?</kbd> shows all keys.
        </span>
      </p>
    );
  return (
    <div className="welcome">
      <h2>Your team is empty</h2>
      <p className="quiet">Workers appear in the list: first who needs you, then who works, then who is done.</p>
      <Checks brief />
      <section className="group" aria-labelledby="begin">
        <h3 id="begin">Begin</h3>
        <ul className="group-rows">
          <li className="way">
            <p>Let Claude Code lead. Start it in a project, and paste:</p>
            <CopyLine text={firstWords} />
          </li>
          <li className="way way-row">
            <p>Or begin yourself.</p>
            <button type="button" className="button primary" onClick={() => showDialog("spawn")}>
              Spawn a worker
            </button>
          </li>
          <li className="way">
            <p>Only looking? A team that plays a script, without an account:</p>
            <CopyLine text="claude-team demo" />
          </li>
        </ul>
      </section>
    </div>
  );
}

const firstWords =
  "Use claude-team to spawn two workers in this project: one runs the tests, one looks for dead code. Tell me what they find.";
