import type { Message } from "../../../contract/message.ts";
import type { Worker } from "../../../contract/worker.ts";
import { Failure } from "../failure.tsx";
import { MessageView } from "./message-view.tsx";
import { useHistory } from "./use-history.ts";
import { useScrollPlace } from "./use-scroll-place.ts";

/** What was said, newest at the end. Older pages come when the top is reached. */
export function History({ worker }: { worker: Worker }) {
  const { loaded, failure, older } = useHistory(worker);
  const { list, content, onScroll } = useScrollPlace(loaded, older);
  const missing = failure?.code === "TRANSCRIPT_MISSING";
  return (
    <div className="history" role="tabpanel" id="tab-panel" aria-labelledby="tab-conversation">
      {!missing && <Failure of={failure} />}
      {(missing || loaded?.total === 0) && <p className="nothing quiet">Nothing was said yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long conversation must be scrolled by keyboard too */}
      <div className="messages" ref={list} onScroll={onScroll} tabIndex={0} role="log" aria-label="Conversation">
        <div ref={content}>
          {loaded && loaded.from > 0 && (
            <button type="button" className="button plain older" onClick={older}>
              Show earlier messages
            </button>
          )}
          {loaded?.messages.map((message, place, all) => (
            <MessageView key={message.seq} message={message} continued={goesOn(all[place - 1], message)} />
          ))}
        </div>
      </div>
    </div>
  );
}

const goesOn = (before: Message | undefined, message: Message) =>
  before?.role === "assistant" && message.role === "assistant";
