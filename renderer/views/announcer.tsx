import { useEffect, useRef, useState } from "react";
import type { Worker } from "../../contract/worker.ts";
import { usePanel } from "../store.ts";
import { plain } from "../words/plain.ts";
import { requestLine } from "../words/sentence.ts";

/** Tells a screen reader of each new request, and the window's title how many workers ask. */
export function Announcer() {
  const workers = usePanel((panel) => panel.team.workers);
  const told = useRef(new Set<string>());
  const [words, setWords] = useState("");

  useEffect(() => {
    const asking = [...workers.values()].filter((worker) => worker.phase.is === "asking");
    document.title = asking.length > 0 ? `(${asking.length}) Claude Team` : "Claude Team";
    const open = asking.flatMap(requestsOf);
    const fresh = open.filter(({ id }) => !told.current.has(id));
    told.current = new Set(open.map(({ id }) => id));
    if (fresh.length > 0) setWords(fresh.map(({ line }) => line).join(". "));
  }, [workers]);

  return (
    <div className="unseen" aria-live="assertive">
      {words}
    </div>
  );
}

const requestsOf = ({ name, phase }: Worker) =>
  phase.is === "asking"
    ? phase.requests.map((request) => ({ id: request.id, line: plain(`${name}: ${requestLine(request)}`) }))
    : [];
