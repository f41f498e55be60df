import { useCallback, useEffect, useState } from "react";
import type { Check, CheckName } from "../../../contract/check.ts";
import { call, lookAtChecks, usePanel } from "../../store.ts";
import { type Action, useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Icon } from "../icon.tsx";
import { useVisible } from "../now.ts";

const names: Readonly<Record<CheckName, string>> = {
  terminal: "Terminal",
  claude: "Claude Code",
  entry: "Claude Code’s entry",
};

/**
 * What claude-team needs, looked at whenever the page comes into view; what is missing can be mended here. `brief`: one line is
 * enough while all is well.
 */
export function Checks({ brief = false }: { brief?: boolean }) {
  const { checks, action, look } = useChecks();
  const fine = brief && checks?.every(({ state }) => state === "ok");
  return (
    <section className="group" aria-labelledby="setup">
      <div className="group-head">
        <h3 id="setup">Setup</h3>
        <button type="button" className="button plain" aria-disabled={action.busy} onClick={look}>
          Check again
        </button>
      </div>
      <ul className="group-rows" aria-busy={action.busy}>
        {fine && (
          <li className="check check-ok">
            <Sign state="ok" />
            <p>Everything that claude-team needs is there.</p>
          </li>
        )}
        {(fine ? [] : checks)?.map((check) => (
          <CheckRow key={check.name} check={check} onFixed={look} />
        ))}
        {!checks && !action.failure && <li className="check quiet">Looking…</li>}
      </ul>
      <Failure of={action.failure} />
    </section>
  );
}

function useChecks() {
  const checks = usePanel((panel) => panel.checks);
  const { run, ...action } = useAction();
  const visible = useVisible();
  const online = usePanel((panel) => panel.connection.is === "online");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` is made anew each time, and does the same
  const look = useCallback(() => void run(lookAtChecks), []);
  useEffect(() => {
    if (visible && online) look();
  }, [visible, online, look]);
  return { checks, action, look };
}

const signs = { ok: "check", note: "warning", missing: "cross" } as const;
const states = { ok: "in order", note: "to know", missing: "missing" } as const;

function Sign({ state }: Pick<Check, "state">) {
  return (
    <span className="check-sign">
      <Icon name={signs[state]} />
    </span>
  );
}

function CheckRow({ check: { name, state, fact, fix }, onFixed }: { check: Check; onFixed: () => void }) {
  const action = useAction();
  return (
    <li className={`check check-${state}`}>
      <Sign state={state} />
      <div className="check-words">
        <p>
          <strong>{names[name]}</strong> <span className="unseen">{states[state]}:</span>
        </p>
        <p className="quiet">{capital(fact)}</p>
        {fix && <Fix name={name} fix={fix} action={action} onFixed={onFixed} />}
        <Failure of={action.failure} />
      </div>
    </li>
  );
}

/** The checks speak as a terminal does; here they are sentences. */
const capital = (text: string) => (/^i[A-Z]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

interface FixProps {
  readonly name: CheckName;
  readonly fix: NonNullable<Check["fix"]>;
  readonly action: Action;
  readonly onFixed: () => void;
}

/** What to do; where claude-team can do it, first exactly what it would do. */
function Fix({ name, fix: { text, change }, action, onFixed }: FixProps) {
  const [shown, setShown] = useState(false);
  if (change === null) return <p>{capital(text)}</p>;
  if (!shown)
    return (
      <div className="check-fix">
        <p>{capital(text)}</p>
        <button type="button" className="button" aria-label={`Fix: ${names[name]}`} onClick={() => setShown(true)}>
          Fix…
        </button>
      </div>
    );
  return (
    <div className="check-change">
      <p>This will be done, and nothing else:</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it must be scrolled by keyboard too */}
      <pre className="exact" tabIndex={0}>
        {change}
      </pre>
      <div className="actions">
        <button type="button" className="button" onClick={() => setShown(false)}>
          Cancel
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={action.busy}
          onClick={async () => (await action.run(() => call("fix", { name, change }))) && onFixed()}
        >
          {action.busy ? "Doing it…" : "Do it"}
        </button>
      </div>
    </div>
  );
}
