import { useState } from "react";
import type { Rule } from "../../../contract/rule.ts";
import { ruleWords } from "../../../contract/rule-words.ts";
import { call } from "../../store.ts";
import { exact } from "../../words/plain.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";

/** The person's standing answers. One that was removed can be put back while the page is open. */
export function Rules({ rules }: { rules: readonly Rule[] }) {
  const action = useAction();
  const [removed, setRemoved] = useState<Rule>();

  async function remove(rule: Rule): Promise<void> {
    if (await action.run(() => call("removeRule", { rule }))) setRemoved(rule);
  }

  async function putBack(rule: Rule): Promise<void> {
    if (await action.run(() => call("addRule", { rule }))) setRemoved(undefined);
  }

  return (
    <section className="group" aria-labelledby="rules">
      <h3 id="rules">Always allowed</h3>
      <ul className="group-rows">
        {rules.map((rule) => (
          <li key={JSON.stringify(rule)} className="rule">
            <code>{exact(ruleWords(rule))}</code>
            <button
              type="button"
              className="button plain"
              aria-label={`Remove the rule ${exact(ruleWords(rule))}`}
              aria-disabled={action.busy}
              onClick={() => remove(rule)}
            >
              Remove
            </button>
          </li>
        ))}
        {rules.length === 0 && !removed && (
          <li className="rule quiet">Nothing. “Always allow” at a request adds a rule here.</li>
        )}
        {removed && (
          <li className="rule" role="status">
            <span className="quiet">
              Removed: <code>{exact(ruleWords(removed))}</code>
            </span>
            <button type="button" className="button" aria-disabled={action.busy} onClick={() => putBack(removed)}>
              Undo
            </button>
          </li>
        )}
      </ul>
      <Failure of={action.failure} />
    </section>
  );
}
