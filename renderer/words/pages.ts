import type { Message, Page } from "../../contract/message.ts";

/** The part of a history that is loaded, without gaps: `from` ≤ seq < `to`. */
export interface Loaded {
  readonly messages: readonly Message[];
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

/** Joins a page to what is loaded. The page wins where they overlap; where a gap would be left, what was loaded is let go. */
export function joinPage(loaded: Loaded | undefined, page: Page): Loaded {
  if (!loaded || page.from > loaded.to || page.to < loaded.from || page.total < loaded.to) return page;
  // By place, not by looking at each: tens of thousands may be loaded, and it goes on many times a second.
  const before = loaded.messages.slice(0, Math.max(0, page.from - loaded.from));
  const after = loaded.messages.slice(Math.max(0, page.to - loaded.from));
  return {
    messages: before.concat(page.messages, after),
    from: Math.min(loaded.from, page.from),
    to: Math.max(loaded.to, page.to),
    total: page.total,
  };
}

/** A tool that a crash left "running" far above must not make every reading start there. */
const mayStillChange = 20;

/** From which message on to read again when the conversation went on: the first whose tools still run, else the last one. */
export function firstUnsettled({ messages, to }: Loaded): number {
  const recent = messages.slice(-mayStillChange);
  const running = recent.find((message) => message.tools.some((tool) => tool.state === "running"));
  return running?.seq ?? recent.at(-1)?.seq ?? to;
}
