import { usePanel } from "../store.ts";

/** Says that what is shown may be old, and what is being done about it. */
export function Banner() {
  const is = usePanel((panel) => panel.connection.is);
  return (
    <div role="status">
      {is === "offline" && <p className="banner">The connection to claude-team is lost. Trying again…</p>}
    </div>
  );
}

/** The whole page of a tab that was not let in. */
export function Refused() {
  return (
    <main className="refused">
      <h1>This page has no access</h1>
      <p>
        A link from claude-team lets one tab in, once and within a minute. In a terminal, run
        <code className="command">claude-team open</code>
        to get a new link.
      </p>
    </main>
  );
}
