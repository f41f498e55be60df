import type { Message, ToolCall } from "../../contract/message.ts";

/** Finds the numbers of the messages in which words stand. */
export type Finder = (messages: readonly Message[], words: string) => number[];

/**
 * A finder that reads each message once for the same words, and those that are ruled out no more while the words only grow: a
 * conversation comes page by page, and words letter by letter. Oldest first; upper and lower case are the same.
 */
export function createFinder(): Finder {
  let wanted = "";
  let known = new WeakMap<Message, boolean>();
  let before: WeakMap<Message, boolean> | undefined;

  function turnTo(words: string): void {
    if (words === wanted) return;
    before = wanted !== "" && words.includes(wanted) ? known : undefined;
    known = new WeakMap();
    wanted = words;
  }

  function holds(message: Message): boolean {
    const is =
      known.get(message) ?? (before?.get(message) !== false && textsOf(message).some((text) => has(text, wanted)));
    known.set(message, is);
    return is;
  }

  return (messages, words) => {
    if (words.trim() === "") return [];
    turnTo(words.toLowerCase());
    return messages.filter(holds).map(({ seq }) => seq);
  };
}

/** Whether these words stand in a tool call, so that it is opened when they are looked for. */
export const inTool = (tool: ToolCall, words: string): boolean =>
  words.trim() !== "" && [tool.input, tool.result ?? ""].some((text) => has(text, words.toLowerCase()));

export const inText = (text: string, words: string): boolean => words.trim() !== "" && has(text, words.toLowerCase());

/** The match after this one, or before it; round at both ends. Without one, the newest. */
export function nextMatch(found: readonly number[], current: number | undefined, step: 1 | -1): number | undefined {
  if (found.length === 0) return undefined;
  const place = current === undefined ? -1 : found.indexOf(current);
  if (place < 0) return found.at(-1);
  return found[(place + step + found.length) % found.length];
}

const has = (text: string, wanted: string) => text.toLowerCase().includes(wanted);

const textsOf = ({ text, thinking, tools, problem }: Message): string[] => [
  text,
  thinking,
  problem?.text ?? "",
  ...tools.flatMap(({ name, title, input, result }) => [`${name} ${title}`, input, result ?? ""]),
];
