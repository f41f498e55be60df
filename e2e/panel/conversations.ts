import type { Message, ToolCall } from "../../contract/message.ts";
import type { Run, Screen } from "../../contract/screen.ts";
import { type Worker, workerId } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { pictureTime } from "./states.ts";

export const aMessage = (seq: number, patch: Partial<Message> = {}): Message => ({
  seq,
  id: `message-${seq}`,
  at: pictureTime - (10_000 - seq) * 1000,
  role: "assistant",
  from: "claude",
  text: "",
  thinking: "",
  tools: [],
  notice: null,
  problem: null,
  usage: null,
  ...patch,
});

export const aPrompt = (seq: number, text: string): Message => aMessage(seq, { role: "user", from: "human", text });

export const aTool = (name: string, title: string, input: unknown, patch: Partial<ToolCall> = {}): ToolCall => ({
  id: `${name} ${title}`,
  name,
  title,
  input: JSON.stringify(input, null, 2),
  result: "done",
  state: "done",
  ...patch,
});

export const aScreen = (lines: readonly (string | Run[])[], patch: Partial<Screen> = {}): Screen => ({
  rev: 1,
  at: pictureTime,
  cols: 80,
  rows: 24,
  lines: lines.map((line) => (typeof line === "string" ? [{ text: line }] : line)),
  cursor: null,
  ...patch,
});

/** What a team answers about these conversations, by worker; as main/team does it. */
export function told(histories: Readonly<Record<string, readonly Message[]>>): Pick<Team, "history" | "look"> {
  return {
    look: async () => ({}),
    history: async ({ worker, from, to }) => {
      const all = histories[worker] ?? [];
      const end = Math.min(to ?? (from === undefined ? all.length : from + 30), all.length);
      const begin = from ?? Math.max(0, end - 30);
      return { messages: all.slice(begin, end), from: begin, to: end, total: all.length };
    },
  };
}

/** A team that takes every answer through its hook. */
export const takesAnswers: Pick<Team, "answer"> = {
  answer: async ({ worker, request = "" }) => {
    return { worker: workerId.parse(worker), request, outcome: "answered", via: "hook" };
  },
};

export const teamOf = (...workers: readonly Worker[]) => ({ workers: new Map(workers.map((w) => [w.id, w])) });

/** A conversation of every kind of message, so many of them. */
export const longHistory = (length: number): Message[] =>
  Array.from({ length }, (_, seq) => kinds[seq % kinds.length]?.(seq) ?? aMessage(seq));

const kinds: readonly ((seq: number) => Message)[] = [
  (seq) => aPrompt(seq, `Look at part ${seq} of the shop, please.`),
  (seq) =>
    aMessage(seq, {
      thinking: `Part ${seq} might be in two places.`,
      text: `I look at **part ${seq}** and its tests.\n\n- \`cart.ts\` adds up\n- \`total.ts\` rounds`,
      tools: [
        aTool("Read", `src/cart-${seq}.ts`, { file_path: `src/cart-${seq}.ts` }),
        aTool("Bash", `npm test -- part-${seq}`, { command: `npm test -- part-${seq}` }),
      ],
    }),
  (seq) => aMessage(seq, { text: code(seq), tools: [aTool("Edit", `src/total-${seq}.ts`, anEdit(seq))] }),
  (seq) => aMessage(seq, { text: `Part ${seq} is done: all ${seq} tests pass.` }),
];

const code = (seq: number) =>
  [
    "It rounds too early:",
    "",
    "```ts",
    `export function total${seq}(lines: readonly Line[]): Cents {`,
    "  // rounds once, at the end",
    '  return round(lines.reduce((sum, { amount }) => sum + amount, 0), "half-even");',
    "}",
    "```",
    "",
    "So I change it.",
  ].join("\n");

export const anEdit = (seq: number) => ({
  file_path: `/Users/ana/code/shop/src/total-${seq}.ts`,
  old_string: [...kept("before"), "export const total = (lines) =>", "  lines.map(round).reduce(add, 0);", ""].join(
    "\n",
  ),
  new_string: [
    ...kept("before"),
    "export const total = (lines) =>",
    "  round(lines.reduce(add, 0));",
    "",
    "export const none = 0;",
    "",
  ].join("\n"),
});

const kept = (word: string) => Array.from({ length: 9 }, (_, i) => `const ${word}${i} = ${i};`);
