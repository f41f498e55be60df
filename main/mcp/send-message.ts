import * as z from "zod";
import type { Receipt } from "../../contract/receipt.ts";
import type { Worker } from "../../contract/worker.ts";
import { cut, sentMessage, sentMessageOf, sessionId } from "./session.ts";
import { defineTool } from "./tool.ts";
import { doingNow, replyWithin, seconds, turnFields, turnOf } from "./waiting.ts";

export const sendMessage = defineTool({
  name: "send_message",
  title: "Send message",
  description:
    "Send a message to a worker, and with wait_for_response wait for its whole answer. A busy worker gets it when it is done; a worker that asks something refuses it: answer_session first.",
  effect: "acts",
  input: z.object({
    session_id: sessionId,
    message: z.string().max(500_000).describe("What to say"),
    wait_for_response: z.boolean().default(false),
    timeout: seconds(120).describe("Seconds to wait for the response; the worker goes on after that"),
    as: z
      .enum(["text", "command"])
      .default("text")
      .describe(
        "command: a leading / or ! acts, as in /compact; what it printed, or Claude's answer to it, is the response",
      ),
    when_busy: z
      .enum(["hold", "queue", "interrupt"])
      .default("hold")
      .describe("hold it until the worker is idle, queue it in Claude Code (answers may merge), or interrupt first"),
  }),
  output: z.object({
    success: z.boolean(),
    session_id: z.string(),
    message_sent: z.string(),
    receipt: sentMessage,
    response: z.string().nullable().optional(),
    ...z.object(turnFields).partial().shape,
  }),
  doing: ({ session_id }, call) => doingNow(session_id, call),
  async run({ session_id: worker, message, wait_for_response, timeout: maxSeconds, as, when_busy: whenBusy }, call) {
    const receipt = await call.team.send({ worker, text: message, as, whenBusy }, "manager", call.signal);
    const asked = { worker, message: receipt.id };
    if (!wait_for_response) {
      const reply = await call.team.reply({ ...asked, wait: false }, "manager", call.signal);
      return sent(message, receipt, reply.worker);
    }
    const { reply, timeout } = await replyWithin(maxSeconds, asked, call);
    const response = timeout ? null : reply.text;
    return { ...sent(message, receipt, reply.worker), response, ...turnOf(reply, timeout) };
  },
});

function sent(message: string, first: Receipt, worker: Worker) {
  const receipt = worker.receipts.find(({ id }) => id === first.id) ?? first;
  return {
    success: true,
    session_id: worker.id,
    message_sent: cut(message, 100),
    receipt: sentMessageOf(receipt),
  };
}
