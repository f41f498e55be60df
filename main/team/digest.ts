import type { Parsed } from "../../contract/commands.ts";
import type { Digest } from "../../contract/digest.ts";
import type { Message } from "../../contract/message.ts";
import { start } from "../words/start.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";

type Deps = TeamDeps & { roster: Roster };

const pageSize = 200;
const messagesRead = 2000;
const filesTold = 50;

/** What a worker did since a person looked, or since `since`; from its transcript alone. */
export async function digest(deps: Deps, input: Parsed<"digest">): Promise<Digest> {
  const worker = deps.roster.need(input.worker);
  const since = input.since ?? worker.lookedAt ?? worker.openedAt;
  const transcript = deps.roster.transcript(worker);
  const messages: Message[] = [];
  for (let page = await transcript?.page({}); page && page.messages.length > 0; ) {
    messages.unshift(...page.messages);
    const [oldest] = messages;
    if (!oldest || oldest.at < since || page.from === 0 || messages.length >= messagesRead) break;
    page = await transcript?.page({ from: Math.max(0, page.from - pageSize), to: page.from });
  }
  const [oldest] = messages;
  return digestOf(messages, since, !oldest || oldest.at < since || oldest.seq === 0);
}

/** Pure: `messages` oldest first; those from before `since` are left out. `whole`: none after it are missing. */
export function digestOf(messages: readonly Message[], since: number, whole: boolean): Digest {
  const news = messages.filter((message) => message.at >= since);
  const said = news.filter((message) => message.role === "assistant");
  const last = said.findLast((message) => message.text.trim() !== "");
  return {
    since,
    whole,
    heard: news.filter((message) => message.role === "user").length,
    said: said.filter((message) => message.text !== "").length,
    tools: toolsOf(news),
    files: filesOf(news),
    lastReply: last ? { messageId: last.id, text: firstLine(last.text), at: last.at } : null,
    problems: news.flatMap(({ problem }) => (problem ? [problem] : [])),
  };
}

const calls = (messages: readonly Message[]) => messages.flatMap(({ tools }) => tools);

function toolsOf(messages: readonly Message[]): Digest["tools"] {
  const counts = new Map<string, { count: number; failed: number }>();
  for (const { name, state } of calls(messages)) {
    const { count, failed } = counts.get(name) ?? { count: 0, failed: 0 };
    counts.set(name, { count: count + 1, failed: failed + (state === "failed" ? 1 : 0) });
  }
  return [...counts].map(([name, of]) => ({ name, ...of })).sort((a, b) => b.count - a.count);
}

const writing = new Set(["Edit", "MultiEdit", "Write", "NotebookEdit"]);

function filesOf(messages: readonly Message[]): string[] {
  const done = calls(messages).filter(({ name, state }) => writing.has(name) && state === "done");
  return [...new Set(done.map(({ title }) => title).reverse())].slice(0, filesTold);
}

const firstLine = (text: string) => start(text.trim().split("\n")[0] ?? "", 300);
