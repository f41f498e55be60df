import { type RefObject, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { Message } from "../../../contract/message.ts";
import type { Worker } from "../../../contract/worker.ts";
import type { Loaded } from "../../words/pages.ts";
import { firstSince } from "../../words/since.ts";
import { Failure } from "../failure.tsx";
import { Icon } from "../icon.tsx";
import { MessageView } from "./message-view.tsx";
import { OpenedContext } from "./opened.ts";
import { SearchBar } from "./search-bar.tsx";
import { useHistory } from "./use-history.ts";
import { useMarks } from "./use-marks.ts";
import { useScrollPlace } from "./use-scroll-place.ts";
import { useSearch } from "./use-search.ts";

interface HistoryProps {
  readonly worker: Worker;
  /** When a person looked last, before now; null: never. */
  readonly lookedAt: number | null;
  readonly searching: boolean;
  readonly onSearch: (on: boolean) => void;
}

/** What was said, newest at the end. Older pages come when the top is near. */
export function History({ worker, lookedAt, searching, onSearch }: HistoryProps) {
  const history = useHistory(worker);
  const { loaded, failure } = history;
  const place = useScrollPlace(loaded, history.older);
  const search = useSearch(history, place.toMessage);
  const [opened] = useState(() => new Map<string, boolean>());
  const sought = searching ? search.words : "";
  useMarks(place.list, sought);
  const unspoken = !loaded && worker.messageCount === 0 && failure?.code === "TRANSCRIPT_MISSING";
  const unreadable = unspoken ? undefined : failure;

  function closeSearch(): void {
    onSearch(false);
    place.list.current?.focus();
  }

  /** The button goes away while it is tried. */
  function tryAgain(): void {
    place.list.current?.focus();
    history.again();
  }

  return (
    <div className="history" role="tabpanel" id="tab-panel" aria-labelledby="tab-conversation">
      {searching && <SearchBar search={search} more={(loaded?.from ?? 0) > 0} onClose={closeSearch} />}
      <Failure of={unreadable} />
      {unreadable && (
        <button type="button" className="button try-again" onClick={tryAgain}>
          Try again
        </button>
      )}
      {(unspoken || loaded?.total === 0) && <p className="nothing quiet">Nothing was said yet.</p>}
      <OpenedContext value={opened}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long conversation must be scrolled by keyboard too */}
        <div className="messages" ref={place.list} {...place.hands} tabIndex={0} {...logRole}>
          <div ref={place.content}>
            {loaded && loaded.messages.length > 0 && (
              <Messages
                loaded={loaded}
                scroller={place.list}
                handle={place.virtual}
                shift={place.shift}
                since={firstSince(loaded.messages, lookedAt)}
                sought={sought}
                current={searching ? search.current : undefined}
              />
            )}
          </div>
        </div>
      </OpenedContext>
      {!place.atEnd && (
        <button type="button" className="button to-end" onClick={place.toEnd}>
          <Icon name="next" /> To the end
        </button>
      )}
    </div>
  );
}

/** Not live: rows that come and go with the scrolling are no news. */
const logRole = { role: "log", "aria-live": "off", "aria-label": "Conversation" } as const;

interface MessagesProps {
  readonly loaded: Loaded;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly handle: RefObject<VirtualizerHandle | null>;
  readonly shift: boolean;
  readonly since: number | undefined;
  readonly sought: string;
  readonly current: number | undefined;
}

function Messages({ loaded, scroller, handle, shift, since, sought, current }: MessagesProps) {
  const { messages } = loaded;
  return (
    <Virtualizer ref={handle} scrollRef={scroller} data={messages} shift={shift} bufferSize={400}>
      {(message, place) => (
        <MessageView
          key={message.seq}
          message={message}
          continued={goesOn(messages[place - 1], message)}
          fresh={message.seq === since}
          sought={message.seq === current ? sought : ""}
        />
      )}
    </Virtualizer>
  );
}

const goesOn = (before: Message | undefined, message: Message) =>
  before?.role === "assistant" && message.role === "assistant";
