import * as z from "zod";
import { TeamError } from "../../contract/error.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Worker } from "../../contract/worker.ts";
import { doing, session, sessionOf } from "./session.ts";
import { type Call, defineTool } from "./tool.ts";
import { seconds, within } from "./waiting.ts";

export const waitForSessions = defineTool({
  name: "wait_for_sessions",
  title: "Wait for sessions",
  description:
    "Wait until all (or any) of these workers have finished, ask something, or have ended. Then read each with get_response.",
  effect: "reads",
  input: z.object({
    session_ids: z.array(z.string().min(1)).min(1).max(200).describe("Ids or names of the workers"),
    mode: z.enum(["all", "any"]).default("all"),
    timeout: seconds(600).describe("Seconds to wait, up to an hour; the workers go on after that"),
  }),
  output: z.object({
    settled: z.array(session),
    waiting: z.array(session),
    timeout: z.boolean(),
  }),
  async doing({ session_ids }, call) {
    const { settled, waiting } = standing(await repliesOf(session_ids, call));
    return `waiting for ${waiting.length} of ${settled.length + waiting.length}: ${waiting.map(doing).join("; ") || "nobody"}`;
  },
  async run({ session_ids, mode, timeout: maxSeconds }, call) {
    // By their ids from now on: a person may rename them meanwhile, and take off the list what has ended.
    const workers = (await repliesOf(session_ids, call)).map(({ worker }) => worker.id);
    const waited = await within(maxSeconds, call.signal, (until) =>
      call.team.wait({ workers, mode }, "manager", until),
    );
    const { settled, waiting } = waited ?? standing(await repliesOf(workers, call, forgetting));
    const brief = (worker: Worker) => sessionOf(worker, "listed");
    return { settled: settled.map(brief), waiting: waiting.map(brief), timeout: waited === undefined };
  },
});

/** Their replies as they are now; `missing` says what counts for one that is not on the list. */
async function repliesOf(
  refs: readonly string[],
  { team, signal }: Call,
  missing: (cause: unknown) => undefined = refuse,
): Promise<Reply[]> {
  const replies = refs.map((worker) => team.reply({ worker, wait: false }, "manager", signal).catch(missing));
  return (await Promise.all(replies)).filter((reply) => reply !== undefined);
}

function refuse(cause: unknown): never {
  throw cause;
}

function forgetting(cause: unknown): undefined {
  if (!(cause instanceof TeamError) || cause.code !== "WORKER_UNKNOWN") throw cause;
}

/** How each stands. Its reply is pending as long as there is something to wait for. */
function standing(replies: readonly Reply[]): { settled: Worker[]; waiting: Worker[] } {
  const each = [...new Map(replies.map((reply) => [reply.worker.id, reply])).values()];
  const workers = (over: boolean) => each.filter((r) => (r.outcome !== "pending") === over).map((r) => r.worker);
  return { settled: workers(true), waiting: workers(false) };
}
