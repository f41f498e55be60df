import * as z from "zod";

const block = z.looseObject({ type: z.string(), text: z.string().optional(), content: z.unknown().optional() });
type Block = z.infer<typeof block>;
const content = z
  .union([z.string(), z.array(block)])
  .transform((value): Block[] =>
    typeof value === "string" ? [{ type: "text", text: value, content: undefined }] : value,
  );

/** What of a Messages API request matters here; everything else is kept and ignored. */
export const messagesBody = z.looseObject({
  model: z.string().default("claude-opus-5-5"),
  stream: z.boolean().default(false),
  messages: z.array(z.looseObject({ role: z.string(), content })).default([]),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
  metadata: z.looseObject({ user_id: z.string().optional() }).optional(),
  output_config: z.looseObject({ format: z.unknown().optional() }).optional(),
});
export type MessagesBody = z.infer<typeof messagesBody>;

/** Where a conversation stands: what the human said, and how many answers followed the last of it. */
export interface Standing {
  /** Every human text, oldest first, exactly as it was submitted; messages that arrived in the middle of a turn too. */
  readonly texts: readonly string[];
  readonly prompt: string | null;
  /** Answers since the last human text. */
  readonly step: number;
  readonly lastResult: string | null;
  /** Changes with every human text, however equal the texts are. */
  readonly place: number;
}

export function readStanding({ messages }: MessagesBody): Standing {
  const heard = messages.flatMap((message, place) => humanTexts(message).map((text) => ({ text, place })));
  const commanding = heard.filter(({ text, place }) => /\[\[/.test(text) || !hasResult(messages[place]));
  const last = commanding.at(-1);
  const after = messages.slice(last ? last.place + 1 : 0);
  return {
    texts: heard.map(({ text }) => text),
    prompt: last?.text ?? null,
    step: after.filter(({ role }) => role === "assistant").length,
    lastResult: after.flatMap(resultTexts).at(-1) ?? null,
    place: last?.place ?? -1,
  };
}

type Message = MessagesBody["messages"][number];

const hasResult = (message: Message | undefined) =>
  message?.content.some(({ type }) => type === "tool_result") ?? false;

/** Claude Code 2.1.330 puts neighbouring user messages into one and ends each but the last with a newline of its own. */
function humanTexts({ role, content: blocks }: Message): string[] {
  if (role !== "user") return [];
  return blocks.flatMap(({ type, text = "" }, index) => {
    const whole = index < blocks.length - 1 ? text.replace(/\n$/, "") : text;
    return type === "text" && !isMachineText(whole) ? [unwrapAbsorbed(whole)] : [];
  });
}

const machineStarts = [
  "<system-reminder>",
  "<command-name>",
  "<command-message>",
  "<local-command-stdout>",
  "<local-command-caveat>",
  "<task-notification>",
  "[Request interrupted by user",
  "This session is being continued from a previous conversation",
  "Output token limit hit.",
  "Your response above was stopped by a safety classifier",
];
const isMachineText = (text: string) => !text || machineStarts.some((start) => text.trimStart().startsWith(start));

/** A message absorbed in the middle of a turn comes wrapped in an explanation for the model. */
function unwrapAbsorbed(text: string): string {
  const wrapped = /^The user sent a new message while you were working:\n([\s\S]*?)\n\nThis is how Claude Code /.exec(
    text,
  );
  return wrapped?.[1] ?? text;
}

/** Tool results and notifications of finished background agents, as text. */
function resultTexts({ role, content: blocks }: Message): string[] {
  if (role !== "user") return [];
  return blocks.flatMap(({ type, text = "", content: inner }) => {
    if (type === "tool_result") return [plainText(inner)];
    const notified = /<task-notification>[\s\S]*?<result>([\s\S]*?)<\/result>/.exec(text);
    return notified?.[1] === undefined ? [] : [notified[1]];
  });
}

function plainText(value: unknown): string {
  const parsed = content.safeParse(value);
  return parsed.success ? parsed.data.map(({ text = "" }) => text).join(" ") : "";
}
