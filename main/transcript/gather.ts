import type { Message } from "../../contract/message.ts";
import type { Entry } from "./entry.ts";
import { continues, extend, messageOf } from "./messages.ts";

/** Messages by their number, oldest first, while they are put together from entries. */
export type Gathered = Map<number, Message>;

/** Takes an entry; `begun` is the number of the message it begins, undefined when it begins none. */
export function gather(messages: Gathered, entry: Entry, begun: number | undefined): void {
  const message = begun === undefined ? null : messageOf(entry, begun);
  if (message) messages.set(message.seq, message);
  else for (const known of continued(messages, entry)) messages.set(known.seq, extend(known, entry));
}

/** The messages that an entry goes on with: the newest that fits; results may answer calls of several. */
function continued(messages: Gathered, entry: Entry): Message[] {
  const fitting = [...messages.values()].filter((message) => continues(message, entry));
  return entry.is === "returned" ? fitting : fitting.slice(-1);
}

/** The newest messages, kept so that a page of them need not be read again. */
export interface Recent {
  add(entry: Entry, begun: number | undefined): void;
  /** Messages `from` ≤ seq < `to`, if all of them are here. */
  slice(from: number, to: number): Message[] | undefined;
}

const recentKept = 60;
const recentLength = 250_000;

export function createRecent(): Recent {
  const messages: Gathered = new Map();
  let length = 0;

  const put = (message: Message, before?: Message): void => {
    messages.set(message.seq, message);
    length += lengthOf(message) - (before ? lengthOf(before) : 0);
  };

  const trim = (): void => {
    for (const [seq, oldest] of messages) {
      if (messages.size === 1 || (messages.size <= recentKept && length <= recentLength)) return;
      messages.delete(seq);
      length -= lengthOf(oldest);
    }
  };

  return {
    add(entry, begun) {
      const begins = begun === undefined ? null : messageOf(entry, begun);
      if (begins) put(begins);
      else for (const known of continued(messages, entry)) put(extend(known, entry), known);
      trim();
    },
    slice(from, to) {
      const wanted = Array.from({ length: to - from }, (_, i) => messages.get(from + i));
      return wanted.every((message) => message !== undefined) ? wanted : undefined;
    },
  };
}

const lengthOf = (message: Message): number =>
  message.tools.reduce(
    (sum, tool) => sum + tool.input.length + (tool.result?.length ?? 0),
    message.text.length + message.thinking.length,
  );
