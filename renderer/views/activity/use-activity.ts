import { useEffect, useState } from "react";
import type { ActivityEntry } from "../../../contract/activity.ts";
import { call, usePanel } from "../../store.ts";
import { mergedActivity } from "../../words/activity.ts";
import { useAction } from "../action.ts";

const pageSize = 100;
const exportSize = 500;

/** The timeline: what came while the panel is open, and the pages before it. */
export function useActivity() {
  const live = usePanel((panel) => panel.team.activity);
  const online = usePanel((panel) => panel.connection.is === "online");
  const [read, setRead] = useState<readonly ActivityEntry[]>([]);
  const [more, setMore] = useState(false);
  const { run, ...action } = useAction();
  const entries = mergedActivity(read, live);

  async function readPage(before?: number): Promise<void> {
    const page = await call("activity", { limit: pageSize, ...(before !== undefined && { before }) });
    setRead((known) => mergedActivity(known, page.entries));
    setMore(page.more);
  }

  // What was missed while there was no connection is read with the newest page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new connection asks for the newest page
  useEffect(() => {
    if (online) void run(() => readPage());
  }, [online]);

  const older = () => void (action.busy || run(() => readPage(entries.at(-1)?.seq)));
  return { entries, more, action, older, all: () => readAll(entries) };
}

/** The whole timeline, for the export. */
async function readAll(known: readonly ActivityEntry[]): Promise<ActivityEntry[]> {
  let all = [...known];
  for (let more = true; more; ) {
    const before = all.at(-1)?.seq;
    const page = await call("activity", { limit: exportSize, ...(before !== undefined && { before }) });
    all = mergedActivity(all, page.entries);
    more = page.more && page.entries.length > 0;
  }
  return all;
}
