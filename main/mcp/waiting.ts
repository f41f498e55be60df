import * as z from "zod";
import type { Input } from "../../contract/commands.ts";
import { type Reply, reply as replySchema } from "../../contract/reply.ts";
import { askedRequest, doing, isProcessing, problemOf, requestsOf, statuses, statusOf } from "./session.ts";
import type { Call } from "./tool.ts";

/** How long a call may wait, in seconds. */
export const seconds = (usual: number) => z.number().min(0).max(3600).default(usual);

/** Waits at most so long; undefined when that time is over first. The wait ends with its signal. */
export async function within<T>(
  maxSeconds: number,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const deadline = AbortSignal.timeout(maxSeconds * 1000);
  try {
    return await wait(AbortSignal.any([signal, deadline]));
  } catch (cause) {
    if (deadline.aborted && !signal.aborted) return undefined;
    throw cause;
  }
}

/** What send_message and get_response both tell of a turn. */
export const turnFields = {
  status: z.enum(statuses),
  is_processing: z.boolean(),
  outcome: replySchema.shape.outcome,
  tool_uses: z.array(z.string()),
  message_count: z.number(),
  message_id: z.string().nullable(),
  activity: z.string().nullable(),
  problem: z.string().nullable(),
  requests: z.array(askedRequest),
  timeout: z.boolean(),
};

export function turnOf({ worker, outcome, tools, messageId, problem }: Reply, timeout: boolean) {
  return {
    status: statusOf(worker),
    is_processing: isProcessing(worker),
    outcome,
    tool_uses: tools,
    message_count: worker.messageCount,
    message_id: messageId,
    activity: worker.activity,
    problem: problemOf(problem),
    requests: requestsOf(worker),
    timeout,
  };
}

/** The reply once there is one, else how things stand when the time is over. Most are there already, and need no wait. */
export async function replyWithin(
  maxSeconds: number,
  input: Input<"reply">,
  { team, signal }: Call,
): Promise<{ reply: Reply; timeout: boolean }> {
  const first = await team.reply({ ...input, wait: false }, "manager", signal);
  if (first.outcome !== "pending") return { reply: first, timeout: false };
  // By its id from now on: it may be renamed meanwhile, and its name be another's.
  const asked = { ...input, worker: first.worker.id };
  const reply = await within(maxSeconds, signal, (until) => team.reply({ ...asked, wait: true }, "manager", until));
  return reply
    ? { reply, timeout: false }
    : { reply: await team.reply({ ...asked, wait: false }, "manager", signal), timeout: true };
}

/** What a worker does now, for a progress notification. */
export async function doingNow(ref: string, { team, signal }: Call): Promise<string> {
  const { worker } = await team.reply({ worker: ref, wait: false }, "manager", signal);
  return doing(worker);
}
