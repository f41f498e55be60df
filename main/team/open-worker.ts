import type { Place } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { HostKind, Worker, WorkerId } from "../../contract/worker.ts";
import type { Fact } from "../journal/fact.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { deadline } from "./clock.ts";
import type { TeamDeps } from "./deps.ts";
import type { Order } from "./ports.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";
import type { Deed } from "./timeline.ts";
import { present } from "./waits.ts";

/** How long a new worker may stay `starting` before its state is returned as it is. Claude Code needs 0.7–2.2 s. */
const startMs = 20_000;
/** Rows of a Claude's last screen that are told when it did not start. */
const wordRows = 12;

type Deps = TeamDeps & { roster: Roster };

/** A worker that is to be opened, new or once more. */
export interface Opening {
  readonly order: Order;
  readonly place: Place;
  readonly host: HostKind | undefined;
  /** As it stands once it has a terminal, and the fact to be written down. Throws when it is not wanted any more. */
  worker(terminal: Terminal): Worker;
  fact(worker: Worker): Fact;
  /** What the timeline says of it. */
  readonly deed: Pick<Deed, "by" | "did" | "what">;
}

/** Opens its terminal with Claude in it, and attends it from then on. Leaves nothing behind when it fails. */
export async function openWorker(deps: Deps, opening: Opening, signal?: AbortSignal): Promise<Running> {
  // Held until it stands in the state: else several at once would find the same place free.
  using _ = deps.roster.seat(deps.settings().maxWorkers);
  const terminal = await openTerminal(deps, opening, signal);
  const worker = await workerIn(deps, terminal, opening);
  deps.store.dispatch({ type: "worker.opened", worker });
  deps.remember(opening.fact(worker));
  deps.timeline.note({ ...opening.deed, worker: worker.id });
  // What one that goes on brings along, as it is now: its last messages may have found their end meanwhile.
  return deps.roster.attend(worker, terminal, deps.roster.letters(worker.id), deps.roster.written.of(worker.id));
}

async function openTerminal(deps: Deps, { order, place, host }: Opening, signal?: AbortSignal): Promise<Terminal> {
  const of = place.at === "right" || place.at === "below" ? place.of : undefined;
  const target =
    of === undefined ? place : { at: place.at as "right" | "below", of: deps.roster.needRunning(of).terminal.ref };
  const command = await deps.claude.prepare(order, signal);
  try {
    const optional = { ...(host && { on: host }), ...(signal && { signal }) };
    return await deps.host.open(command, { name: order.name, place: target, mark: order.worker, ...optional });
  } catch (cause) {
    await deps.claude.forget(order.worker);
    throw cause;
  }
}

/** Whoever was dismissed while its terminal was being opened leaves none behind. */
async function workerIn({ claude }: Deps, terminal: Terminal, opening: Opening): Promise<Worker> {
  try {
    return opening.worker(terminal);
  } catch (cause) {
    await terminal.close();
    await claude.forget(opening.order.worker);
    throw cause;
  }
}

/**
 * Resolves when it takes messages, asks, or works on its first task, or with how it stands after 20 s. A start-up dialog is a
 * start, too: it is for the caller to answer. Throws CLAUDE_EXITED when its process ends before.
 */
export async function started(deps: Deps, id: WorkerId, tasked: boolean, signal?: AbortSignal): Promise<Worker> {
  using limit = deadline(deps.clock, startMs, signal);
  try {
    await deps.store.until((state) => {
      const { phase, receipts } = present(state, id);
      const busy = tasked && phase.is === "idle" && receipts.some((r) => r.state === "typed");
      return phase.is === "starting" || busy ? undefined : true;
    }, limit.signal);
  } catch (cause) {
    if (signal?.aborted || !limit.signal.aborted) throw cause;
    return present(deps.store.state, id); // still starting: said as it is, with its reasons
  }
  const worker = present(deps.store.state, id);
  if (worker.phase.is !== "gone") return worker;
  const words = deps.roster.find(id)?.evidence.exited?.lastWords.trim() ?? "";
  const said = words && `. Its last words:\n${words.split("\n").slice(-wordRows).join("\n")}`;
  throw new TeamError("CLAUDE_EXITED", `Claude Code ended before it was ready: ${worker.phase.reason}${said}`);
}
