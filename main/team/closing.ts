import type { Parsed } from "../../contract/commands.ts";
import type { Closing } from "../../contract/digest.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";

type Deps = TeamDeps & { roster: Roster };

/** What would be lost or left undone if this worker were closed now. Reads only, and takes at most about two seconds. */
export async function closing(deps: Deps, { worker: ref }: Parsed<"closing">, signal?: AbortSignal): Promise<Closing> {
  const { id, cwd, phase, receipts, conversation } = deps.roster.need(ref);
  const running = phase.is === "gone" ? undefined : deps.roster.find(id);
  // A screen that cannot be read shows no draft.
  const draft = running?.read().then(
    (reading) => reading.draft || null,
    () => null,
  );
  const transcript = deps.roster.transcript(deps.roster.need(id));
  const changes = deps.premises.changes(cwd, signal);
  const { total } = (await transcript?.page({ from: 0, to: 0 })) ?? { total: 0 };
  return {
    phase: phase.is,
    requests: phase.is === "asking" ? phase.requests.length : 0,
    queued: receipts.filter((r) => r.state === "accepted").map((r) => r.text),
    draft: (await draft) ?? null,
    changes: await changes,
    resumable: conversation !== null && total > 0,
  };
}
