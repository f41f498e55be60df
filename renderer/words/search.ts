import type { Message, ToolCall } from "../../contract/message.ts";

/** The numbers of the messages in which these words stand, oldest first; upper and lower case are the same. */
export function foundIn(messages: readonly Message[], words: string): number[] {
  const wanted = words.toLowerCase();
  if (wanted.trim() === "") return [];
  return messages.filter((message) => textsOf(message).some((text) => has(text, wanted))).map(({ seq }) => seq);
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
