import { useEffect, useRef, useState } from "react";
import type { Request } from "../../../contract/request.ts";
import type { Rule } from "../../../contract/rule.ts";
import { ruleWords } from "../../../contract/rule-words.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";
import { exact, plain } from "../../words/plain.ts";
import { requestLine } from "../../words/sentence.ts";
import { type Vanished, whoAnswered } from "../../words/settled.ts";
import { useAction } from "../action.ts";
import { Failure } from "../failure.tsx";
import { Icon } from "../icon.tsx";
import { useLeaveFocus } from "../leave-focus.ts";
import { answeredHere, useKeptRules } from "./answered-here.ts";

const mostShown = 2;

interface SettledProps {
  readonly worker: Worker;
  readonly requests: readonly Request[];
}

/** Requests that went away without this page's doing, with who answered them; and rules kept here, with their undo. */
export function Settled({ worker, requests }: SettledProps) {
  const [gone, putAway] = useVanished(requests);
  const activity = usePanel((panel) => panel.team.activity);
  const rules = useKeptRules((kept) => kept[worker.id] ?? none);
  return (
    <div className="settled" role="status">
      {gone.map((request) => (
        <p key={request.id} className="note">
          <span>
            {whoAnswered(activity, request.id)} <span className="settled-what">{plain(request.line)}</span>
          </span>
          <button type="button" className="icon-button" aria-label="Put it away" onClick={() => putAway(request.id)}>
            <Icon name="cross" />
          </button>
        </p>
      ))}
      {rules.map((rule) => (
        <KeptRule key={ruleWords(rule)} worker={worker} rule={rule} />
      ))}
    </div>
  );
}

const none: readonly Rule[] = [];

function KeptRule({ worker, rule }: { worker: Worker; rule: Rule }) {
  const { busy, failure, run } = useAction();
  const note = useLeaveFocus<HTMLDivElement>();
  const forget = () =>
    useKeptRules.setState((kept) => ({ [worker.id]: (kept[worker.id] ?? none).filter((other) => other !== rule) }));
  const undo = async () => {
    if (!busy && (await run(() => call("removeRule", { rule })))) forget();
  };
  return (
    <div className="note kept-rule" ref={note}>
      <span>
        From now on allowed: <code>{exact(ruleWords(rule))}</code>
      </span>
      <button type="button" className="button" aria-disabled={busy} onClick={undo}>
        Undo
      </button>
      <button type="button" className="icon-button" aria-label="Put it away" onClick={forget}>
        <Icon name="cross" />
      </button>
      <Failure of={failure} />
    </div>
  );
}

/** The newest requests that were open here and are not any more, but for those answered on this page. */
function useVanished(requests: readonly Request[]): [readonly Vanished[], (id: string) => void] {
  const before = useRef(requests);
  const [gone, setGone] = useState<readonly Vanished[]>([]);
  useEffect(() => {
    const open = new Set(requests.map(({ id }) => id));
    const lost = before.current.filter(({ id }) => !open.has(id) && !answeredHere.has(id));
    before.current = requests;
    const fresh = lost.map((request) => ({ id: request.id, line: requestLine(request) }));
    if (fresh.length > 0) setGone((known) => [...known, ...fresh].slice(-mostShown));
  }, [requests]);
  return [gone, (id) => setGone((known) => known.filter((request) => request.id !== id))];
}
