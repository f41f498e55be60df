import * as z from "zod";
import { receipt } from "../../contract/receipt.ts";
import { at, hostKind, permissionMode, workerId } from "../../contract/worker.ts";

const id = workerId;

/** What only we know and could not read again: one line of the journal. */
export const fact = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("worker.opened"),
    id,
    name: z.string(),
    cwd: z.string(),
    conversation: z.string().nullable(),
    terminal: z.object({ host: hostKind, ref: z.string() }),
    model: z.string().nullable(),
    permissionMode,
    at,
  }),
  z.object({
    type: z.literal("worker.linked"),
    id,
    pid: z.number().nullable(),
    conversation: z.string().nullable(),
    transcript: z.string().nullable(),
  }),
  z.object({ type: z.literal("worker.renamed"), id, name: z.string() }),
  /** Its process or terminal ended by itself. */
  z.object({ type: z.literal("worker.gone"), id, reason: z.string(), at }),
  /** We ended it. */
  z.object({ type: z.literal("worker.closed"), id, at }),
  z.object({ type: z.literal("worker.dismissed"), id }),
  /** It goes on in a new terminal. */
  z.object({ type: z.literal("worker.resumed"), id, terminal: z.object({ host: hostKind, ref: z.string() }), at }),
  /** A person looked at it. */
  z.object({ type: z.literal("worker.looked"), id, at }),

  /** A message of ours went on. What is left out is as it was; the first fact of a message carries its text. */
  z.object({
    type: z.literal("receipt.moved"),
    id,
    receipt,
    text: z.string().optional(),
    as: z.enum(["text", "command"]).optional(),
    whenBusy: z.enum(["hold", "queue", "interrupt"]).optional(),
    /** The transcript's own record of it, by which its answer is found. */
    prompt: z.object({ text: z.string(), at }).optional(),
    /** Of a command of Claude's own: what it printed, or why it was not carried out. */
    outcome: z.object({ text: z.string(), failed: z.boolean(), at }).optional(),
  }),

  /** A directory that workers were spawned in; written by compaction, since it outlives them. */
  z.object({ type: z.literal("project"), path: z.string(), at }),
  /** The next numbers to give out; written by compaction, since a number outlives whoever had it. */
  z.object({ type: z.literal("counter"), nextWorker: z.number().int(), nextMessage: z.number().int() }),
]);
export type Fact = z.infer<typeof fact>;
