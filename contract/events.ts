import * as z from "zod";
import { receipt } from "./receipt.ts";
import { at, phase, preview, problem, reason, worker, workerId } from "./worker.ts";

const id = workerId;

/** What happened to the team. The whole state is a fold over these. */
export const teamEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("team.snapshot"), workers: z.array(worker), managers: z.number() }),
  /** How many managers hold a connection to the MCP door. */
  z.object({ type: z.literal("team.managers"), managers: z.number() }),

  z.object({ type: z.literal("worker.opened"), worker }),
  z.object({ type: z.literal("worker.judged"), id, phase, why: z.array(reason), at }),
  z.object({ type: z.literal("worker.renamed"), id, name: z.string() }),
  /** Its process or conversation is known now, or `/clear` began a new conversation. */
  z.object({
    type: z.literal("worker.linked"),
    id,
    pid: z.number().nullable(),
    conversation: z.string().nullable(),
    transcript: z.string().nullable(),
  }),
  /** The transcript went on. */
  z.object({
    type: z.literal("worker.said"),
    id,
    at,
    messageCount: z.number(),
    lastReply: preview.nullable(),
    activity: z.string().nullable(),
    branch: z.string().nullable(),
    model: z.string().nullable(),
  }),
  z.object({ type: z.literal("worker.troubled"), id, problem: problem.nullable() }),
  z.object({ type: z.literal("worker.looked"), id }),
  z.object({ type: z.literal("worker.dismissed"), id }),

  z.object({ type: z.literal("receipt.moved"), id, receipt }),
]);
export type TeamEvent = z.infer<typeof teamEvent>;
