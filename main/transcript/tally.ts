import type { Context, Preview } from "../../contract/worker.ts";
import { contextOf } from "./context.ts";
import type { Entry } from "./entry.ts";
import { cut } from "./loose.ts";
import { activityOf } from "./title.ts";
import type { Summary } from "./transcript.ts";

const previewLength = 300;

/** Counts and newest values over the entries of one conversation. */
export interface Tally {
  add(entry: Entry): void;
  /** The turn is over: no tool of it runs any longer. */
  stopped(): void;
  runs(call: string): boolean;
  readonly summary: Summary;
}

export function createTally(): Tally {
  const running = new Map<string, string>();
  let at = 0;
  let messageCount = 0;
  let lastReply: Preview | null = null;
  let branch: string | null = null;
  let model: string | null = null;
  let context: Context | null = null;
  let counted = "";

  const said = (message: string, words: string, when: number): void => {
    if (words === "") return;
    if (message !== counted) messageCount++;
    const before: Preview | null = message === counted ? lastReply : null;
    counted = message;
    const whole = before ? `${before.text}\n${words}` : words;
    lastReply = { messageId: message, text: cut(whole, previewLength), at: when };
  };

  return {
    add(entry) {
      if (entry.is === "other") return;
      at = Math.max(at, entry.at);
      branch = entry.branch ?? branch;
      if (entry.is === "prompt" || entry.is === "absorbed") messageCount++;
      if (entry.is === "returned") for (const { id } of entry.results) running.delete(id);
      if (entry.is === "compacted") context = null;
      if (entry.is !== "said") return;
      model = entry.model ?? model;
      context = contextOf(entry.usage, model) ?? context;
      said(entry.message, entry.text, entry.at);
      for (const call of entry.calls) running.set(call.id, activityOf(call.name, call.title));
    },
    stopped: () => running.clear(),
    runs: (call) => running.has(call),
    get summary() {
      return { at, messageCount, lastReply, activity: [...running.values()].at(-1) ?? null, branch, model, context };
    },
  };
}
