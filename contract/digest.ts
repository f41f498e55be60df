import * as z from "zod";
import { at, preview, problem } from "./worker.ts";

/** What a worker did since a moment, told by its transcript alone. */
export const digest = z.object({
  since: at,
  /** False when more happened than was read: then it tells of the newest part. */
  whole: z.boolean(),
  /** Messages it got, and messages it said. */
  heard: z.number(),
  said: z.number(),
  /** Most used first. */
  tools: z.array(z.object({ name: z.string(), count: z.number(), failed: z.number() })),
  /** Files it wrote, newest first; as the tool calls name them. */
  files: z.array(z.string()),
  /** The first line of its last words. */
  lastReply: preview.nullable(),
  problems: z.array(problem),
});
export type Digest = z.infer<typeof digest>;

/** What closing a worker now would lose or leave undone. */
export const closing = z.object({
  phase: z.enum(["starting", "idle", "working", "asking", "gone"]),
  /** Open requests. */
  requests: z.number(),
  /** The starts of messages that were not delivered yet. */
  queued: z.array(z.string()),
  /** What stands in its input box, not sent; null when nothing does, or it cannot be seen. */
  draft: z.string().nullable(),
  /** Files that git calls changed in its directory, with the first of them; null without git, or when git took too long. */
  changes: z.object({ count: z.number(), files: z.array(z.string()) }).nullable(),
  /** Its conversation can be taken up again afterwards (`resume`). */
  resumable: z.boolean(),
});
export type Closing = z.infer<typeof closing>;
