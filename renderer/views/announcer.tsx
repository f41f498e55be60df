import { useEffect, useRef, useState } from "react";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { usePanel } from "../store.ts";
import { plain } from "../words/plain.ts";
import { proposed } from "../words/proposal.ts";
import { requestLine } from "../words/sentence.ts";

/** Tells a screen reader of each new request and what a manager proposes, and the window's title how many workers ask. */
export function Announcer() {
  const workers = usePanel((panel) => panel.team.workers);
  const told = useRef(new Set<string>());
  const [said, setSaid] = useState({ words: "", times: 0 });

  useEffect(() => {
    const asking = [...workers.values()].filter((worker) => worker.phase.is === "asking");
    document.title = asking.length > 0 ? `(${asking.length}) Claude Team` : "Claude Team";
    const open = asking.flatMap(requestsOf);
    const fresh = open.filter(({ key }) => !told.current.has(key));
    told.current = new Set(open.map(({ key }) => key));
    const words = fresh.map(({ line }) => line).join(". ");
    if (fresh.length > 0) setSaid(({ times }) => ({ words, times: times + 1 }));
  }, [workers]);

  return (
    <div className="unseen" aria-live="assertive">
      {/* The same words are heard again only from a new element. */}
      <span key={said.times}>{said.words}</span>
    </div>
  );
}

const requestsOf = ({ name, phase }: Worker) =>
  phase.is === "asking"
    ? phase.requests.map((request) => ({
        key: `${request.id} ${request.proposal?.at}`,
        line: plain(`${name}: ${requestLine(request)}${withProposal(request)}`),
      }))
    : [];

const withProposal = ({ proposal }: Request) =>
  proposal ? `. The manager proposes: ${proposed(proposal.answer)}` : "";
