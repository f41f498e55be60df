import * as z from "zod";
import { problem, worker } from "./worker.ts";

/** The answer to one message, or to whatever came last. */
export const reply = z.object({
  worker,
  /**
   * answered: the turn is over and `text` is its last text. failed | interrupted | refused | truncated: over, see `problem`.
   * pending: not over. asking: it waits for an answer to a request. gone: the worker ended. none: nothing was ever asked.
   */
  outcome: z.enum(["answered", "failed", "interrupted", "refused", "truncated", "pending", "asking", "gone", "none"]),
  /**
   * The last text Claude said in this turn, or what a command of Claude's own printed; null when there is none yet. Never the
   * answer to an earlier message.
   */
  text: z.string().nullable(),
  messageId: z.string().nullable(),
  at: z.number().nullable(),
  /** Names of the tools used in the turn, in order. */
  tools: z.array(z.string()),
  /** `command_failed`: a command of Claude's own was not carried out. `undelivered`, `unconfirmed`: as its receipt says. */
  problem: problem
    .extend({ is: z.enum([...problem.shape.is.options, "command_failed", "undelivered", "unconfirmed"]) })
    .nullable(),
});
export type Reply = z.infer<typeof reply>;
