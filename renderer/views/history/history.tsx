import { useLayoutEffect, useRef } from "react";
import type { Worker } from "../../../contract/worker.ts";
import type { Loaded } from "../../words/pages.ts";
import { Failure } from "../failure.tsx";
import { MessageView } from "./message-view.tsx";
import { useHistory } from "./use-history.ts";

const nearTop = 120;
const nearEnd = 80;

/** What was said, newest at the end. Older pages come when the top is reached. */
export function History({ worker }: { worker: Worker }) {
  const { loaded, failure, older } = useHistory(worker);
  const { list, onScroll } = useScrollPlace(loaded, older);
  const missing = failure?.code === "TRANSCRIPT_MISSING";
  return (
    <div className="history" role="tabpanel" id="tab-panel" aria-labelledby="tab-conversation">
      {!missing && <Failure of={failure} />}
      {(missing || loaded?.total === 0) && <p className="nothing quiet">Nothing was said yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long conversation must be scrolled by keyboard too */}
      <div className="messages" ref={list} onScroll={onScroll} tabIndex={0} role="log" aria-label="Conversation">
        {loaded && loaded.from > 0 && (
          <button type="button" className="button plain older" onClick={older}>
            Show earlier messages
          </button>
        )}
        {loaded?.messages.map((message) => (
          <MessageView key={message.seq} message={message} />
        ))}
      </div>
    </div>
  );
}

/** Stays at the end while the person is there, and keeps what is read in its place when older messages come in above. */
function useScrollPlace(loaded: Loaded | undefined, older: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, fromEnd: 0, from: loaded?.from });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { atEnd, fromEnd, from } = place.current;
    if (atEnd) element.scrollTop = element.scrollHeight;
    else if (from !== loaded?.from) element.scrollTop = element.scrollHeight - fromEnd;
    place.current.from = loaded?.from;
  }, [loaded]);

  function onScroll(): void {
    const element = list.current;
    if (!element) return;
    const fromEnd = element.scrollHeight - element.scrollTop;
    const atEnd = fromEnd - element.clientHeight < nearEnd;
    place.current = { ...place.current, atEnd, fromEnd };
    if (!atEnd && element.scrollTop < nearTop && loaded && loaded.from > 0) older();
  }

  return { list, onScroll };
}
