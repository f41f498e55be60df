import type { Output, Parsed } from "../../contract/commands.ts";
import { TeamError } from "../../contract/error.ts";
import type { Screen } from "../../contract/screen.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import { changed } from "./changed.ts";
import type { TeamDeps } from "./deps.ts";
import type { Roster } from "./roster.ts";
import type { Running } from "./running.ts";
import { isSettled, present } from "./waits.ts";

type Deps = TeamDeps & { roster: Roster };

/** Rows of the screen preview, as the original's. */
const previewRows = 10;
const pageSize = 30;
const pageMost = 500;

/** Workers in the order of their opening; those that ended only when asked for. */
export function list({ store }: Deps, { gone }: Parsed<"list">): Worker[] {
  return [...store.state.workers.values()].filter((w) => gone || w.phase.is !== "gone");
}

/** A worker with the last rows of its screen. A screen that cannot be read is no failure: the error stands beside it. */
export async function status(deps: Deps, { worker: ref }: Parsed<"status">): Promise<Output<"status">> {
  const worker = deps.roster.need(ref);
  try {
    const shown = await deps.roster.needRunning(ref).terminal.screen();
    return { worker, screen: preview(shown), screenError: null };
  } catch (cause) {
    const screenError = cause instanceof TeamError ? `${cause.code}: ${cause.message}` : "the screen could not be read";
    return { worker, screen: null, screenError };
  }
}

function preview({ lines }: Screen): string[] {
  const rows = lines.map((runs) =>
    runs
      .map((r) => r.text)
      .join("")
      .trimEnd(),
  );
  return rows.filter((row) => row !== "").slice(-previewRows);
}

/** The screen now, or, with `after`, once it is newer than that. */
export async function screen(
  deps: Deps,
  { worker: ref, after }: Parsed<"screen">,
  signal?: AbortSignal,
): Promise<Screen> {
  const running = deps.roster.needRunning(ref);
  const stop = new AbortController();
  const wait = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const over = gone(deps, running, wait).catch((cause: unknown) => stop.abort(cause));
  try {
    for (;;) {
      // Listening begins before reading, so that a change in between is not missed.
      const next = changed(running.terminal, wait);
      const shown = await running.terminal.screen();
      wait.throwIfAborted();
      if (after === undefined || shown.rev > after) return shown;
      await next;
    }
  } finally {
    stop.abort(new DOMException("done", "AbortError"));
    await over;
  }
}

async function gone({ store }: Deps, { id }: Running, signal: AbortSignal): Promise<never> {
  const reason = await store.until((state) => {
    const { phase } = present(state, id);
    return phase.is === "gone" ? phase.reason : undefined;
  }, signal);
  throw new TeamError("WORKER_GONE", `it has ended: ${reason}`);
}

/** Messages of all its conversations, oldest first; the newest 30 unless a range is given. */
export async function history(deps: Deps, { worker: ref, from, to }: Parsed<"history">): Promise<Output<"history">> {
  const worker = deps.roster.need(ref);
  const transcript = deps.roster.transcript(worker);
  const page = await transcript?.page(range(from, to, (await transcript.page({ from: 0, to: 0 })).total));
  if (page && page.total > 0) return page;
  throw new TeamError("TRANSCRIPT_MISSING", `No transcript of ${worker.name} yet: Claude may not have started`);
}

/** A person has looked. Told and written down only when there was something new to see. */
export function look({ roster, store, remember, clock }: Deps, { worker }: Parsed<"look">): Record<string, never> {
  const { id, unread, lookedAt, lastActivity } = roster.need(worker);
  const at = clock.now();
  if (!unread && lookedAt !== null && lookedAt > lastActivity) return {};
  store.dispatch({ type: "worker.looked", id, at });
  remember({ type: "worker.looked", id, at });
  return {};
}

function range(from: number | undefined, to: number | undefined, total: number): { from: number; to: number } {
  if (from !== undefined && to !== undefined) return { from: Math.max(from, to - pageMost), to };
  if (from !== undefined) return { from, to: from + pageSize };
  const end = Math.min(to ?? total, total);
  return { from: Math.max(0, end - pageSize), to: end };
}

/** Resolves when all, or any, of these workers are settled; one that is taken off the list meanwhile is waited for no more. */
export async function wait(
  deps: Deps,
  { workers, mode }: Parsed<"wait">,
  signal?: AbortSignal,
): Promise<Output<"wait">> {
  const ids: WorkerId[] = [...new Set(workers.map((ref) => deps.roster.need(ref).id))];
  return deps.store.until((state) => {
    const all = ids.flatMap((id) => state.workers.get(id) ?? []);
    const settled = all.filter(isSettled);
    const enough = settled.length === all.length || (mode === "any" && settled.length > 0);
    return enough ? { settled, waiting: all.filter((w) => !isSettled(w)) } : undefined;
  }, signal);
}
