import type { Message, Page } from "../../contract/message.ts";
import { Conversation, type ConversationListener } from "./conversation.ts";
import type { OpenTranscript, Summary, Transcript, TranscriptListener } from "./transcript.ts";

const turnsTold = 50;
const pageLength = 30;

const blank: Summary = {
  at: 0,
  messageCount: 0,
  lastReply: null,
  activity: null,
  branch: null,
  model: null,
  context: null,
};

/** Opens a worker's transcript; it is empty until a file is followed. */
export const openTranscript: OpenTranscript = (listener) => new Chain(listener);

/** The conversations of one worker, oldest first. */
class Chain implements Transcript {
  readonly #listener: TranscriptListener;
  readonly #chain: Conversation[] = [];
  readonly #heard: ConversationListener = {
    told: (observation) => this.#listener.told(observation),
    changed: () => this.#changed(),
  };
  #told: Summary = blank;

  constructor(listener: TranscriptListener) {
    this.#listener = listener;
  }

  follow(path: string): void {
    if (this.#chain.at(-1)?.path === path) return;
    // Back in an earlier conversation (/resume): only what is new belongs to this place in the chain.
    const before = this.#chain.findLast((conversation) => conversation.path === path);
    before?.stop();
    this.#chain.push(new Conversation(path, before?.end ?? 0, this.#heard, this.#chain.at(-1)));
    // The last lines of the conversation before may still come; of older ones nothing does.
    this.#chain.at(-3)?.stop();
    this.#changed();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#chain.map((conversation) => conversation.settled()));
  }

  get summary(): Summary {
    return this.#chain.map((conversation) => conversation.summary).reduce(added, blank);
  }

  get turns() {
    return this.#chain.flatMap((conversation) => conversation.turns).slice(-turnsTold);
  }

  async page(range: { from?: number; to?: number }): Promise<Page> {
    const counts = await Promise.all(this.#chain.map((conversation) => conversation.count()));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const to = Math.min(range.to ?? total, total);
    const from = Math.min(Math.max(0, range.from ?? to - pageLength), to);
    return { messages: await this.#messages(counts, from, to), from, to, total };
  }

  async finish(): Promise<void> {
    await this.settled();
    for (const conversation of this.#chain) conversation.stop();
  }

  [Symbol.dispose](): void {
    for (const conversation of this.#chain) conversation[Symbol.dispose]();
  }

  async #messages(counts: readonly number[], from: number, to: number): Promise<Message[]> {
    const messages: Message[] = [];
    let base = 0;
    for (const [i, count] of counts.entries()) {
      const [first, last] = [Math.max(from - base, 0), Math.min(to - base, count)];
      const found = first < last ? await this.#chain[i]?.messages(first, last) : undefined;
      for (const message of found ?? []) messages.push({ ...message, seq: message.seq + base });
      base += count;
    }
    return messages;
  }

  #changed(): void {
    const summary = this.summary;
    if (same(summary, this.#told)) return;
    this.#told = summary;
    this.#listener.changed(summary);
  }
}

/** What two conversations, one after the other, come to. */
function added(before: Summary, after: Summary): Summary {
  return {
    at: Math.max(before.at, after.at),
    messageCount: before.messageCount + after.messageCount,
    lastReply: after.lastReply ?? before.lastReply,
    activity: after.activity,
    branch: after.branch ?? before.branch,
    model: after.model ?? before.model,
    // `/clear` emptied it.
    context: after.context,
  };
}

function same(a: Summary, b: Summary): boolean {
  if (a.lastReply?.messageId !== b.lastReply?.messageId || a.lastReply?.text !== b.lastReply?.text) return false;
  if (a.messageCount !== b.messageCount || a.activity !== b.activity || a.at !== b.at) return false;
  return a.branch === b.branch && a.model === b.model && a.context?.tokens === b.context?.tokens;
}
