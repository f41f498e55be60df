import * as z from "zod";
import { sessionId } from "./session.ts";
import { defineTool } from "./tool.ts";

export const closeSession = defineTool({
  name: "close_session",
  title: "Close session",
  description:
    "End a worker and its terminal. Refused while it works or asks, unless force. Its transcript stays; closed stays closed.",
  effect: "ends",
  input: z.object({
    session_id: sessionId,
    force: z.boolean().default(false).describe("Also while it works or asks; unfinished work is lost"),
  }),
  output: z.object({ success: z.boolean(), session_id: z.string(), message: z.string() }),
  async run({ session_id, force }, { team, signal }) {
    const { id, name } = await team.close({ worker: session_id, force }, "manager", signal);
    return { success: true, session_id: id, message: `${name} is closed` };
  },
});
