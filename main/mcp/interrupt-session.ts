import * as z from "zod";
import { session, sessionId, sessionOf } from "./session.ts";
import { defineTool } from "./tool.ts";

export const interruptSession = defineTool({
  name: "interrupt_session",
  title: "Interrupt session",
  description: "Stop what a worker does now (as Esc would). It keeps its conversation and takes messages again.",
  effect: "acts",
  input: z.object({ session_id: sessionId }),
  output: z.object({ success: z.boolean(), ...session.shape }),
  async run({ session_id }, { team, signal }) {
    const worker = await team.interrupt({ worker: session_id }, "manager", signal);
    return { success: true, ...sessionOf(worker) };
  },
});
