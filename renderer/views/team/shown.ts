import type { Panel } from "../../store.ts";
import { parseFilter, passes } from "../../words/filter.ts";
import { type Group, groups } from "../../words/groups.ts";

/** The list as it would stand now, filtered and grouped. */
export function shownGroups(panel: Pick<Panel, "team" | "filter" | "groupBy" | "opened">): Group[] {
  const filter = parseFilter(panel.filter);
  const found = [...panel.team.workers.values()].filter((worker) => passes(worker, filter));
  return groups(found, panel.groupBy, panel.opened);
}
