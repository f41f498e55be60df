import * as z from "zod";
import type { Reason } from "../../contract/worker.ts";
import { sentMessage, sentMessageOf, session, sessionId, sessionOf } from "./session.ts";
import { defineTool } from "./tool.ts";

export const getSessionStatus = defineTool({
  name: "get_session_status",
  title: "Get session status",
  description:
    "Look closely at one worker: its status and the signals it is judged by, its open requests word for word, how far the messages sent to it have come, and the last rows of its screen.",
  effect: "reads",
  input: z.object({ session_id: sessionId }),
  output: z.object({
    ...session.shape,
    receipts: z.array(sentMessage),
    why: z.array(z.string()),
    is_responsive: z.boolean(),
    screen_preview: z.string().nullable(),
    screen_error: z.string().nullable(),
  }),
  async run({ session_id }, { team, signal }) {
    const { worker, screen, screenError } = await team.status({ worker: session_id }, "manager", signal);
    return {
      ...sessionOf(worker),
      receipts: worker.receipts.map(sentMessageOf),
      why: worker.why.map(sentence),
      is_responsive: screen !== null && worker.phase.is !== "gone",
      screen_preview: screen === null ? null : lastRows(screen),
      screen_error: screenError,
    };
  },
});

const lastRows = (rows: readonly string[]): string =>
  rows
    .filter((row) => row.trim())
    .slice(-10)
    .join("\n");

const sentence = ({ signal, says, agrees }: Reason): string => `${signal}: ${says}${agrees ? "" : " (overruled)"}`;
