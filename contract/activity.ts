import * as z from "zod";
import { at, workerId } from "./worker.ts";

/** One thing that somebody did in the team: a line of the timeline. */
export const activityEntry = z.object({
  /** Grows; unique in one home, also after a restart. */
  seq: z.number().int(),
  at,
  /** `rule`: a standing answer of the person's. `team`: claude-team saw it, and cannot say whose doing it was. */
  by: z.enum(["person", "manager", "worker", "rule", "team"]),
  /**
   * asked → answered (its `outcome` says how), proposed (a manager's answer waits for a click) or settled (answered in the
   * terminal, or taken back). sent: a message. finished: a turn is over. failed: see `outcome`. ended: its process is gone.
   */
  did: z.enum([
    ...["spawned", "resumed", "forked", "closed", "ended", "dismissed", "renamed"],
    ...["sent", "withdrew", "interrupted", "finished", "failed"],
    ...["asked", "answered", "proposed", "settled"],
    ...["configured", "allowed", "disallowed"],
  ] as const),
  /** Null for what concerns the whole team, such as settings and rules. */
  worker: workerId.nullable(),
  /** The worker's name at that time. */
  name: z.string().nullable(),
  /** The request or the message it is about, which ties `asked` to `answered`; null when there is none. */
  ref: z.string().nullable(),
  /** What it was about, on one line: the command, the question, the start of the message, the rule. */
  what: z.string(),
  /** How it went, where that is not in `did`: `allowed`, `denied: not now`, the chosen answer, a reason. */
  outcome: z.string().nullable(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

/** Entries from newest to oldest. */
export const activityPage = z.object({ entries: z.array(activityEntry), more: z.boolean() });
export type ActivityPage = z.infer<typeof activityPage>;
