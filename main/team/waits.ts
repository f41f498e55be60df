import { TeamError } from "../../contract/error.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { Phase, Worker, WorkerId } from "../../contract/worker.ts";
import { accepts } from "./deliver.ts";
import { type Letter, underway } from "./letter.ts";
import type { TeamStore } from "./store.ts";

/** The worker of this id, or WORKER_GONE once it was dismissed while somebody waited for it. */
export function present(state: TeamState, id: WorkerId): Worker {
  const worker = state.workers.get(id);
  if (!worker) throw new TeamError("WORKER_GONE", `${id} was dismissed`);
  return worker;
}

/** Resolves with the phase once it is one of these; rejects with WORKER_GONE when it can no longer be. */
export function untilPhase(
  store: TeamStore,
  id: WorkerId,
  wanted: readonly Phase["is"][],
  signal?: AbortSignal,
): Promise<Phase> {
  return store.until((state) => {
    const { phase, name } = present(state, id);
    if (wanted.includes(phase.is)) return phase;
    if (phase.is === "gone") throw new TeamError("WORKER_GONE", `${name} has ended: ${phase.reason}`);
    return undefined;
  }, signal);
}

/** Resolves when a letter may be typed, or interrupt first. */
export function untilAccepts(store: TeamStore, id: WorkerId, letter: Letter, signal: AbortSignal): Promise<Phase> {
  return store.until((state) => {
    const { phase, name } = present(state, id);
    if (phase.is === "gone") throw new TeamError("WORKER_GONE", `${name} has ended: ${phase.reason}`);
    const interrupts = phase.is === "working" && letter.whenBusy === "interrupt";
    return accepts(phase, letter) || interrupts ? phase : undefined;
  }, signal);
}

/** Resolves when Claude Code has proven that it took this letter. */
export function untilProven(store: TeamStore, id: WorkerId, letter: Letter, signal: AbortSignal): Promise<null> {
  return store.until((state) => {
    const stands = present(state, id).receipts.find((r) => r.id === letter.receipt.id)?.state;
    return stands === "submitted" || stands === "answered" ? null : undefined;
  }, signal);
}

/** Nothing more is to be expected of it by itself: it is idle with nothing on its way, asks, or has ended. */
export function isSettled({ phase, receipts }: Worker): boolean {
  if (phase.is === "asking" || phase.is === "gone") return true;
  return phase.is === "idle" && !receipts.some(underway);
}
