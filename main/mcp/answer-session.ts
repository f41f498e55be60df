import * as z from "zod";
import { answer } from "../../contract/request.ts";
import { sessionId } from "./session.ts";
import { defineTool } from "./tool.ts";

const { decision, reason, answers } = answer.shape;

export const answerSession = defineTool({
  name: "answer_session",
  title: "Answer session",
  description:
    "Answer what a worker asks: allow or deny a permission or a dialog, or answer its questions. Depending on the person's settings an answer to a permission waits for the person's click in the panel.",
  effect: "acts",
  input: z.object({
    session_id: sessionId,
    request_id: z.string().min(1).optional().describe("Which request; may be left out when exactly one is open"),
    decision: decision.describe("For a permission or a dialog, or deny for a question"),
    reason: reason.describe("Told to the worker with a denial"),
    answers: answers.describe("For a question: its text, and the chosen label, a list of labels, or free text"),
  }),
  output: z.object({
    success: z.boolean(),
    session_id: z.string(),
    request_id: z.string(),
    outcome: z.enum(["answered", "proposed"]),
    message: z.string(),
  }),
  async run({ session_id, request_id: request, ...given }, { team, signal }) {
    const done = await team.answer({ worker: session_id, request, answer: given }, "manager", signal);
    const { worker, outcome } = done;
    return { success: true, session_id: worker, request_id: done.request, outcome, message: told[outcome] };
  },
});

const told = {
  answered: "The worker goes on.",
  proposed:
    "Not answered yet: a person must confirm this answer in the claude-team panel. The worker waits; tell the person, and see get_session_status.",
} as const;
