import * as z from "zod";
import { activityEntry } from "./activity.ts";
import { receipt } from "./receipt.ts";
import { settingsState } from "./settings.ts";
import { at, context, phase, preview, problem, reason, worker, workerId } from "./worker.ts";

const id = workerId;

/** What happened to the team. The whole state is a fold over these. */
export const teamEvent = z.discriminatedUnion("type", [
  /** The whole state; it replaces whatever was known. */
  z.object({
    type: z.literal("team.snapshot"),
    workers: z.array(worker),
    managers: z.number(),
    settings: settingsState.nullable(),
    activity: z.array(activityEntry),
  }),
  /** How many managers hold a connection to the MCP door. */
  z.object({ type: z.literal("team.managers"), managers: z.number() }),
  /** By a command, or by hand in the file; also when the file became broken or sound. */
  z.object({ type: z.literal("settings.changed"), settings: settingsState }),
  z.object({ type: z.literal("activity.added"), entry: activityEntry }),

  /** A new worker, or an ended one that was resumed. */
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
    context: context.nullable(),
  }),
  z.object({ type: z.literal("worker.troubled"), id, problem: problem.nullable() }),
  z.object({ type: z.literal("worker.looked"), id, at }),
  z.object({ type: z.literal("worker.dismissed"), id }),

  z.object({ type: z.literal("receipt.moved"), id, receipt }),
]);
export type TeamEvent = z.infer<typeof teamEvent>;
