import * as z from "zod";
import { oldStatuses, type Status, session, sessionOf, statuses, statusOf } from "./session.ts";
import { defineTool } from "./tool.ts";

type OldStatus = keyof typeof oldStatuses;
const oldWords = Object.keys(oldStatuses) as OldStatus[];

export const listSessions = defineTool({
  name: "list_sessions",
  title: "List sessions",
  description: "List the workers: what each does, what it asks, and how its last answer begins.",
  effect: "reads",
  input: z.object({
    status_filter: z
      .enum([...statuses, ...oldWords])
      .optional()
      .describe("Only those in this status (spawning, ready, busy: older words for starting, idle, processing)"),
    include_closed: z.boolean().default(false).describe("Also those that have ended"),
  }),
  output: z.object({ sessions: z.array(session), count: z.number() }),
  async run({ status_filter, include_closed }, { team, signal }) {
    const wanted = status_filter && today(status_filter);
    const workers = await team.list({ gone: include_closed || wanted === "closed" }, "manager", signal);
    const shown = workers.filter((worker) => !wanted || statusOf(worker) === wanted);
    return { sessions: shown.map((worker) => sessionOf(worker, "listed")), count: shown.length };
  },
});

const today = (word: Status | OldStatus): Status => (isOld(word) ? oldStatuses[word] : word);
const isOld = (word: string): word is OldStatus => Object.hasOwn(oldStatuses, word);
