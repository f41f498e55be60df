import { showDialog, usePanel } from "../../store.ts";
import { Icon } from "../icon.tsx";

/** Whether a manager is connected; if not, what to type so that one is. */
export function Managers() {
  const managers = usePanel((panel) => panel.team.managers);
  const known = usePanel((panel) => panel.connection.is === "online");
  if (!known) return null;
  return (
    <footer className="managers">
      <p role="status">
        <span className={managers > 0 ? "light light-on" : "light"} aria-hidden="true" />
        {managers === 0 && (
          <>
            No manager is connected. In Claude Code, type <code>/mcp reconnect claude-team</code>
          </>
        )}
        {managers === 1 && "A manager is connected"}
        {managers > 1 && `${managers} managers are connected`}
      </p>
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
