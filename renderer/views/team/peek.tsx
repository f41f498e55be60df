import { useEffect, useRef, useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { plain } from "../../words/plain.ts";
import { requestLine, unmarked } from "../../words/sentence.ts";

/** The newest of a worker under its row: what it asks or said last, and the end of its screen. It stays unread. */
export function Peek({ worker }: { worker: Worker }) {
  const rows = useLastRows(worker);
  const words = newestWords(worker);
  const glance = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with its rows
  useEffect(() => {
    glance.current?.scrollIntoView({ block: "nearest" });
  }, [rows]);
  return (
    <section className="peek" ref={glance} aria-label={`${plain(worker.name)} at a glance`}>
      {words && <p className="peek-words">{plain(words)}</p>}
      {rows && rows.length > 0 && <pre className="peek-screen">{rows.map(plain).join("\n")}</pre>}
      {!words && rows?.length === 0 && <p className="quiet">There is nothing to see yet.</p>}
    </section>
  );
}

/** Its whole newest words, where the row has room for one line. */
export function newestWords({ phase, lastReply }: Worker): string {
  if (phase.is === "asking") return phase.requests.map(requestLine).join("\n");
  return lastReply ? unmarked(lastReply.text) : "";
}

/** The last rows of its screen, read anew when it goes on; none where there is no screen, undefined until they are known. */
function useLastRows({ id, phase, lastActivity }: Worker): readonly string[] | undefined {
  const [rows, setRows] = useState<readonly string[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it does now is another screen
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => setRows((await call("status", { worker: id }, stop.signal)).screen ?? []);
    // Only a glance: its page says what is wrong.
    read().catch(() => stop.signal.aborted || setRows([]));
    return () => stop.abort();
  }, [id, phase.is, lastActivity]);
  return rows;
}
