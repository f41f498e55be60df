import type { TeamEvent } from "../../contract/events.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { WorkerId } from "../../contract/worker.ts";
import { deedsOfPhase, deedsOfReceipt, deedsOfSettings } from "./deeds.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";
import type { Deed } from "./timeline.ts";

type Deps = TeamDeps & { roster: Roster };

/** Notes in the timeline what the team's events tell by themselves; what a command does is noted where it is carried out. */
export function keepChronicle({ store, timeline, roster }: Deps): Disposable {
  let before = store.state;
  return store.subscribe((event, after) => {
    const deeds = deedsOf(event, before, after, roster);
    before = after;
    for (const deed of deeds) timeline.note(deed);
  });
}

function deedsOf(event: TeamEvent, before: TeamState, after: TeamState, roster: Roster): Deed[] {
  switch (event.type) {
    case "settings.changed":
      return before.settings ? deedsOfSettings(before.settings, event.settings) : [];
    case "worker.judged": {
      const [was, is] = [before.workers.get(event.id), after.workers.get(event.id)];
      const answering = roster.find(event.id)?.answering;
      const answered = (request: string) => answering?.has(request) || isAnswered(before.activity, event.id, request);
      return was && is ? deedsOfPhase(was, is, answered) : [];
    }
    case "worker.troubled":
      return troubleOf(event, before.activity);
    case "receipt.moved": {
      const known = before.workers.get(event.id)?.receipts.find((r) => r.id === event.receipt.id);
      return deedsOfReceipt(event.id, known, event.receipt);
    }
    default:
      return [];
  }
}

/** Retries pass, and who interrupted is told by who did it. After a restart of ours a worker's last failure is told once more. */
function troubleOf(
  { id: worker, problem }: Extract<TeamEvent, { type: "worker.troubled" }>,
  entries: TeamState["activity"],
): Deed[] {
  if (!problem || problem.is === "retrying" || problem.is === "interrupted") return [];
  const isNoted = entries.some(
    (e) => e.did === "failed" && e.worker === worker && e.what === problem.is && e.at >= problem.at,
  );
  if (isNoted) return [];
  return [{ by: "worker", did: "failed", worker, what: problem.is, outcome: problem.text }];
}

/** A rule answers between two judgements: its entry stands there when the request leaves. */
function isAnswered(entries: TeamState["activity"], worker: WorkerId, request: string): boolean {
  return entries.some((e) => e.did === "answered" && e.worker === worker && e.ref === request);
}
