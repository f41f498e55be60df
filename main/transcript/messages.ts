import type { Message, ToolCall } from "../../contract/message.ts";
import { stopProblem } from "./draft.ts";
import type { Call, Entry, EntryOf } from "./entry.ts";
import { cut } from "./loose.ts";

const inputLength = 4000;

/** Whether this entry begins a message, unless it goes on with one. */
export function begins(entry: Entry): boolean {
  return entry.is === "printed" ? entry.text !== "" : beginners.has(entry.is);
}
const beginners: ReadonlySet<Entry["is"]> = new Set([
  "prompt",
  "absorbed",
  "notified",
  "said",
  "failed",
  "commanded",
  "compacted",
  "interrupted",
  "noted",
] as const);

/** Whether this entry goes on with the message: more blocks, results of its tools, the summary of its compaction. */
export function continues(message: Message, entry: Entry): boolean {
  const has = (call: string) => message.tools.some(({ id }) => id === call);
  if (entry.is === "said") return message.role === "assistant" && message.id === entry.message;
  if (entry.is === "decided") return has(entry.call);
  if (entry.is === "returned") return entry.results.some(({ id }) => has(id));
  return entry.is === "recapped" && message.notice === "compact";
}

/** The message that this entry begins; null when it begins none. */
export function messageOf(entry: Entry, seq: number): Message | null {
  const shape = begins(entry) ? shapeOf(entry) : null;
  return shape && { ...blank, seq, id: entry.uuid, at: entry.at, ...shape };
}

/** The message with what an entry that continues it adds. */
export function extend(message: Message, entry: Entry): Message {
  if (entry.is === "said") return withBlocks(message, entry);
  if (entry.is === "recapped") return { ...message, text: entry.text };
  if (entry.is === "decided" && !entry.allowed) return withTool(message, entry.call, () => ({ state: "denied" }));
  if (entry.is !== "returned") return message;
  return entry.results.reduce(
    (known, { id, text, failed, denied }) =>
      withTool(known, id, (tool) => ({
        result: text,
        state: denied || tool.state === "denied" ? "denied" : failed ? "failed" : "done",
      })),
    message,
  );
}

const blank = {
  role: "notice",
  from: "claude",
  text: "",
  thinking: "",
  tools: [],
  notice: null,
  problem: null,
  usage: null,
} satisfies Partial<Message>;

function shapeOf(entry: Entry): Partial<Message> | null {
  switch (entry.is) {
    case "prompt":
    case "absorbed":
      return { role: "user", from: "human", text: entry.text };
    case "notified":
      return { role: "user", from: entry.from, text: entry.text };
    case "said":
      return { role: "assistant", id: entry.message, ...blocksOf(entry) };
    case "failed":
      return { role: "assistant", id: entry.message, text: entry.problem.text, problem: entry.problem };
    case "commanded":
      return commandShape(entry);
    case "printed":
      return { from: "command", notice: "command", text: entry.text };
    case "compacted":
      return { notice: "compact", text: entry.text };
    case "interrupted":
      return { notice: "interrupted", text: "Interrupted." };
    case "noted":
      return { notice: "other", text: entry.text };
    default:
      return null;
  }
}

function commandShape({ command, text, known }: EntryOf<"commanded">): Partial<Message> {
  if (!known) return { from: "command", notice: "command", text };
  if (command === "/clear") return { from: "command", notice: "clear" };
  return { role: "user", from: "command", text };
}

function blocksOf(entry: EntryOf<"said">): Pick<Message, "text" | "thinking" | "tools" | "problem" | "usage"> {
  const { text, thinking, usage } = entry;
  return { text, thinking, tools: entry.calls.map(toolOf), problem: stopProblem(entry.stop, entry.at), usage };
}

function withBlocks(message: Message, entry: EntryOf<"said">): Message {
  const more = blocksOf(entry);
  return {
    ...message,
    text: joined(message.text, more.text),
    thinking: joined(message.thinking, more.thinking),
    tools: [...message.tools, ...more.tools],
    problem: more.problem ?? message.problem,
    // Every line of a message carries the usage of the whole.
    usage: more.usage ?? message.usage,
  };
}

const joined = (before: string, after: string): string =>
  before === "" || after === "" ? before + after : `${before}\n${after}`;

const toolOf = (call: Call): ToolCall => ({
  id: call.id,
  name: call.name,
  title: call.title,
  input: cut(JSON.stringify(call.input, null, 2) ?? "", inputLength),
  result: null,
  state: "running",
});

const withTool = (message: Message, id: string, change: (tool: ToolCall) => Partial<ToolCall>): Message => ({
  ...message,
  tools: message.tools.map((tool) => (tool.id === id ? { ...tool, ...change(tool) } : tool)),
});
