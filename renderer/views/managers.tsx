import { usePanel } from "../store.ts";

/** Whether a manager is connected; if not, what to type so that one is. */
export function Managers() {
  const managers = usePanel((panel) => panel.team.managers);
  const known = usePanel((panel) => panel.connection.is === "online");
  if (!known) return null;
  return (
    <footer className="managers" role="status">
      {managers > 0 ? (
        <p>
          <span className="light light-on" aria-hidden="true" />
          {managers === 1 ? "A manager is connected" : `${managers} managers are connected`}
        </p>
      ) : (
        <p>
          <span className="light" aria-hidden="true" />
          No manager is connected. In Claude Code, type <code>/mcp reconnect claude-team</code>
        </p>
      )}
    </footer>
  );
}
