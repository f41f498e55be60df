import * as z from "zod";
import { sessionId } from "./session.ts";
import { defineTool } from "./tool.ts";
import { doingNow, replyWithin, seconds, turnFields, turnOf } from "./waiting.ts";

export const getResponse = defineTool({
  name: "get_response",
  title: "Get response",
  description:
    "Read the newest response of a worker in full: its last turn's, or what came of your own message since. Waits while it is being written; never returns an older one instead.",
  effect: "reads",
  input: z.object({
    session_id: sessionId,
    wait: z.boolean().default(true).describe("Wait until it has finished, asks something, or has ended"),
    timeout: seconds(60).describe("Seconds to wait"),
  }),
  output: z.object({ session_id: z.string(), last_response: z.string().nullable(), ...turnFields }),
  doing: ({ session_id }, call) => doingNow(session_id, call),
  async run({ session_id: worker, wait, timeout: maxSeconds }, call) {
    const { reply, timeout } = wait
      ? await replyWithin(maxSeconds, { worker }, call)
      : { reply: await call.team.reply({ worker, wait }, "manager", call.signal), timeout: false };
    return { session_id: reply.worker.id, last_response: timeout ? null : reply.text, ...turnOf(reply, timeout) };
  },
});
