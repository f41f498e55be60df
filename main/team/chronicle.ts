import type { TeamEvent } from "../../contract/events.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { WorkerId } from "../../contract/worker.ts";
import { deedsOfPhase, deedsOfSettings } from "./deeds.ts";
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
      const running = roster.find(event.id);
      return was && is ? deedsOfPhase(was, is, (request) => running?.answering.has(request) ?? false) : [];
    }
    case "worker.troubled":
      return troubleOf(event);
    case "receipt.moved": {
      const known = before.workers.get(event.id)?.receipts.find((r) => r.id === event.receipt.id);
      return receiptDeeds(event.id, known, event.receipt);
    }
    case "worker.dismissed": {
      const worker = before.workers.get(event.id);
      return worker?.phase.is === "gone"
        ? [{ by: "person", did: "dismissed", worker: event.id, what: worker.name }]
        : [];
    }
    default:
      return [];
  }
}

/** Retries pass, and who interrupted is told by who did it. */
function troubleOf({ id: worker, problem }: Extract<TeamEvent, { type: "worker.troubled" }>): Deed[] {
  if (!problem || problem.is === "retrying" || problem.is === "interrupted") return [];
  return [{ by: "worker", did: "failed", worker, what: problem.is, outcome: problem.text }];
}

function receiptDeeds(worker: WorkerId, known: Receipt | undefined, receipt: Receipt): Deed[] {
  const { id: ref, by, text: what, state, notes } = receipt;
  if (!known) return [{ by, did: "sent", worker, ref, what }];
  if (known.state === state) return [];
  if (state === "withdrawn") return [{ by: "person", did: "withdrew", worker, ref, what }];
  const lost = state === "undelivered" || state === "unconfirmed";
  return lost ? [{ by: "team", did: "failed", worker, ref, what, outcome: notes.at(-1) ?? state }] : [];
}
