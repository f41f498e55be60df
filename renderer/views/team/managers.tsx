import { show, showDialog, usePanel } from "../../store.ts";
import { leadOf } from "../../words/managers.ts";
import { Icon } from "../icon.tsx";
import { useCheck, useChecksKnown } from "../use-checks.ts";

/** Whether a manager is connected; if not, the one thing to do so that one is. */
export function Managers() {
  const managers = usePanel((panel) => panel.team.managers);
  const known = usePanel((panel) => panel.connection.is === "online");
  useChecksKnown();
  const { fact, step } = leadOf(managers, useCheck("entry"));
  if (!known) return null;
  return (
    <footer className="managers">
      <p role="status">
        <span className={managers > 0 ? "light light-on" : "light"} aria-hidden="true" />
        <span>
          {fact}
          {step?.is === "reconnect" && (
            <>
              . Start Claude Code, or type <code>{step.keys}</code> in it
            </>
          )}
        </span>
      </p>
      {step?.is === "setup" && (
        <button type="button" className="link" aria-label="Set up Claude Code" onClick={() => show("settings")}>
          Set up…
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => showDialog("keys")}
      >
        <Icon name="help" />
      </button>
    </footer>
  );
}
