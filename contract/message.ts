import * as z from "zod";
import { problem } from "./worker.ts";

/** One tool call inside a message, with its result once there is one. Texts are cut to a few thousand characters. */
export const toolCall = z.object({
  id: z.string(),
  name: z.string(),
  /** One line for a card: `npm test`, `src/a.ts`. */
  title: z.string(),
  input: z.string(),
  result: z.string().nullable(),
  state: z.enum(["running", "done", "failed", "denied"]),
});
export type ToolCall = z.infer<typeof toolCall>;

/** Tokens of one API message, counted once however many lines it stands on. */
export const usage = z.object({ input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite: z.number() });
export type Usage = z.infer<typeof usage>;

/** One utterance in a transcript. `seq` counts from 0 over all conversations of a worker and never changes. */
export const message = z.object({
  seq: z.number(),
  /** Claude's message id for an answer, else the uuid of its line. */
  id: z.string(),
  at: z.number(),
  role: z.enum(["user", "assistant", "notice"]),
  /** Who a user message came from. */
  from: z.enum(["human", "session", "background", "command", "claude"]),
  text: z.string(),
  thinking: z.string(),
  tools: z.array(toolCall),
  /** What a notice tells: a boundary, an interruption, a local command's output. */
  notice: z.enum(["clear", "compact", "interrupted", "command", "other"]).nullable(),
  problem: problem.nullable(),
  usage: usage.nullable(),
});
export type Message = z.infer<typeof message>;

/** Messages `from` ≤ seq < `to`, oldest first, out of `total`. */
export const page = z.object({ messages: z.array(message), from: z.number(), to: z.number(), total: z.number() });
export type Page = z.infer<typeof page>;
