import type { ActivityEntry } from "../../contract/activity.ts";
import type { Output, Parsed } from "../../contract/commands.ts";
import { activityKept } from "../../contract/reduce.ts";
import type { WorkerId } from "../../contract/worker.ts";
import { start } from "../words/start.ts";
import type { Clock } from "./clock.ts";
import type { TeamStore } from "./store.ts";

/** What was done; when, under which number and by what name it stands there is the timeline's. */
export type Deed = Pick<ActivityEntry, "by" | "did" | "what"> &
  Partial<Pick<ActivityEntry, "ref" | "outcome">> & { readonly worker: WorkerId | null };

/** Who did what in the team, oldest first; bounded. */
export interface Timeline {
  note(deed: Deed): void;
  page(input: Parsed<"activity">): Output<"activity">;
}

export interface TimelineDeps {
  readonly store: TeamStore;
  readonly clock: Clock;
  /** What is known from before, oldest first. */
  readonly known: readonly ActivityEntry[];
  /** Writes an entry down; fails silently for us, and is reported elsewhere. */
  keep(entry: ActivityEntry): void;
}

/** Entries in memory, and on disk after a clean-up. */
export const entriesKept = 2000;
const whatLength = 300;

export function createTimeline({ store, clock, known, keep }: TimelineDeps): Timeline {
  const entries: ActivityEntry[] = known.slice(-entriesKept);
  let next = (entries.at(-1)?.seq ?? 0) + 1;
  for (const entry of entries.slice(-activityKept)) store.dispatch({ type: "activity.added", entry });

  function note({ by, did, worker, what, ref = null, outcome = null }: Deed): void {
    const name = worker && (store.state.workers.get(worker)?.name ?? null);
    const said = { what: onOneLine(what), outcome: outcome && onOneLine(outcome) };
    const entry: ActivityEntry = { seq: next++, at: clock.now(), by, did, worker, name, ref, ...said };
    entries.push(entry);
    if (entries.length > entriesKept) entries.shift();
    keep(entry);
    store.dispatch({ type: "activity.added", entry });
  }

  function page({ worker: wanted, before = next, limit }: Parsed<"activity">): Output<"activity"> {
    const id = wanted && [...store.state.workers.values()].find((w) => w.name === wanted)?.id;
    const fitting = entries.filter(
      ({ seq, worker }) => seq < before && (wanted === undefined || worker === wanted || worker === id),
    );
    return { entries: fitting.slice(-limit).reverse(), more: fitting.length > limit };
  }

  return { note, page };
}

function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > whatLength ? `${start(line, whatLength - 1)}…` : line;
}
