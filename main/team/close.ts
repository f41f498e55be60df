import type { Caller, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Worker } from "../../contract/worker.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";
import { present } from "./waits.ts";

type Deps = TeamDeps & { roster: Roster };

const closedBy = (by: Caller) => `closed by the ${by}`;

/** Who closed a worker that ended for this reason; undefined when it ended otherwise. */
export function closerOf(reason: string): Caller | undefined {
  return (["person", "manager"] as const).find((by) => reason === closedBy(by));
}

/** Ends a worker; it stays on the list as gone until dismissed. Closed stays closed, also after a restart. */
export async function close(deps: Deps, { worker: ref, force }: Parsed<"close">, by: Caller): Promise<Worker> {
  const worker = deps.roster.need(ref);
  const { id, name, phase } = worker;
  if (phase.is === "gone") throw new TeamError("WORKER_GONE", `${name} has ended already: ${phase.reason}`);
  if (!force && phase.is === "working") throw new TeamError("WORKER_BUSY", `${name} is working`);
  if (!force && phase.is === "asking")
    throw new TeamError("WORKER_ASKING", `${name} is asking; only force would end it now`);
  await deps.roster.needRunning(ref).close(closedBy(by));
  await deps.store.until((state) => (present(state, id).phase.is === "gone" ? true : undefined));
  // Not before it has ended: what is written down as closed is never looked for again.
  deps.remember({ type: "worker.closed", id, at: deps.clock.now() });
  await deps.flush();
  return present(deps.store.state, id);
}

/** Takes an ended worker off the list. Its transcript stays where Claude keeps it. */
export async function dismiss(
  deps: Deps,
  { worker: ref }: Parsed<"dismiss">,
  by: Caller,
): Promise<Record<string, never>> {
  const { id, name, phase } = deps.roster.need(ref);
  if (phase.is !== "gone") throw new TeamError("WORKER_LIVE", `${name} is ${phase.is}`);
  deps.timeline.note({ by, did: "dismissed", worker: id, what: name });
  deps.roster.release(id);
  deps.store.dispatch({ type: "worker.dismissed", id });
  deps.remember({ type: "worker.dismissed", id });
  return {};
}

/** A name is one live worker's only. */
export async function rename(deps: Deps, { worker: ref, name }: Parsed<"rename">): Promise<Worker> {
  const { id, phase } = deps.roster.need(ref);
  using _ = deps.roster.reserve(name, id);
  deps.store.dispatch({ type: "worker.renamed", id, name });
  deps.remember({ type: "worker.renamed", id, name });
  if (phase.is === "gone") return present(deps.store.state, id);
  // Only its terminal's label: one that is away goes without.
  await deps.roster
    .find(id)
    ?.terminal.name(name)
    .catch((cause: unknown) => deps.report(id, cause));
  return present(deps.store.state, id);
}
