import type { Message } from "../../contract/message.ts";
import type { Entry } from "./entry.ts";
import { continues, extend, messageOf } from "./messages.ts";

/** Messages by their number, oldest first, while they are put together from entries. */
export type Gathered = Map<number, Message>;

/** Takes an entry; `begun` is the number of the message it begins, undefined when it begins none. */
export function gather(messages: Gathered, entry: Entry, begun: number | undefined): void {
  const message = begun === undefined ? null : messageOf(entry, begun);
  if (message) {
    messages.set(message.seq, message);
    return;
  }
  for (const [seq, known] of messages) if (continues(known, entry)) messages.set(seq, extend(known, entry));
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
  return {
    add(entry, begun) {
      gather(messages, entry, begun);
      if (begun === undefined) return;
      let length = [...messages.values()].reduce((sum, message) => sum + lengthOf(message), 0);
      for (const [seq, message] of messages) {
        if (seq === begun || (messages.size <= recentKept && length <= recentLength)) break;
        messages.delete(seq);
        length -= lengthOf(message);
      }
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
