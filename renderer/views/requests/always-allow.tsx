import { useId, useState } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Rule } from "../../../contract/rule.ts";
import { ruleWords } from "../../../contract/rule-words.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { exact } from "../../words/plain.ts";
import { type Action, useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Modal } from "../modal.tsx";
import { answeredHere, keptRule } from "./answered-here.ts";

interface AlwaysProps {
  readonly worker: Worker;
  readonly request: Request;
}

/** Shows the exact rules that would answer this request from now on; nothing is kept before the person has read one. */
export function AlwaysAllow({ worker, request }: AlwaysProps) {
  const action = useAction();
  const [rules, setRules] = useState<readonly Rule[]>();
  const ask = () =>
    action.run(async () => setRules((await call("rulesFor", { worker: worker.id, request: request.id })).rules));

  async function keep(rule: Rule): Promise<void> {
    answeredHere.add(request.id);
    if (!(await action.run(() => call("addRule", { rule })))) return void answeredHere.delete(request.id);
    keptRule(worker.id, rule);
    setRules(undefined);
  }

  return (
    <>
      <button type="button" className="button" aria-disabled={action.busy} onClick={() => action.busy || ask()}>
        Always allow…
      </button>
      {rules ? (
        <Choose rules={rules} action={action} onKeep={keep} onClose={() => setRules(undefined)} />
      ) : (
        <Failure of={action.failure} />
      )}
    </>
  );
}

interface ChooseProps {
  readonly rules: readonly Rule[];
  readonly action: Action;
  readonly onKeep: (rule: Rule) => void;
  readonly onClose: () => void;
}

function Choose({ rules, action, onKeep, onClose }: ChooseProps) {
  const [chosen, setChosen] = useState(rules[0]);
  const group = useId();
  return (
    <Modal title="Always allow" onClose={onClose}>
      {chosen ? (
        <fieldset className="rules">
          <legend>A rule in claude-team’s settings answers from now on. No file of Claude Code’s is changed.</legend>
          {rules.map((rule) => (
            <label key={ruleWords(rule)} className="option">
              <input type="radio" name={group} checked={rule === chosen} onChange={() => setChosen(rule)} />
              <code className="rule">{exact(ruleWords(rule))}</code>
            </label>
          ))}
        </fieldset>
      ) : (
        <p>No rule can stand for this request: it is answered one by one.</p>
      )}
      <Failure of={action.failure} />
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        {chosen && (
          <button
            type="button"
            className="button primary"
            aria-disabled={action.busy}
            onClick={() => action.busy || onKeep(chosen)}
          >
            Keep this rule
          </button>
        )}
      </div>
    </Modal>
  );
}
