import type { ActivityEntry } from "./activity.ts";
import type { TeamEvent } from "./events.ts";
import type { Receipt } from "./receipt.ts";
import type { SettingsState } from "./settings.ts";
import type { Phase, Worker, WorkerId } from "./worker.ts";

export interface TeamState {
  readonly workers: ReadonlyMap<WorkerId, Worker>;
  readonly managers: number;
  /** Null until they are known. */
  readonly settings: SettingsState | null;
  /** The newest entries of the timeline, oldest first; those before them come from the command `activity`. */
  readonly activity: readonly ActivityEntry[];
}

export const emptyTeam: TeamState = { workers: new Map(), managers: 0, settings: null, activity: [] };

/** Entries of the timeline that stand in the state. */
export const activityKept = 50;

/** Receipts kept in a worker once they ended; older ones are in the journal. */
const receiptsKept = 20;

/** Pure, and shared: main and renderer fold the same events into the same state. */
export function reduce(state: TeamState, event: TeamEvent): TeamState {
  switch (event.type) {
    case "team.snapshot":
      return {
        workers: new Map(event.workers.map((w) => [w.id, w])),
        managers: event.managers,
        settings: event.settings,
        activity: event.activity,
      };
    case "team.managers":
      return { ...state, managers: event.managers };
    case "settings.changed":
      return { ...state, settings: event.settings };
    case "activity.added":
      return { ...state, activity: [...state.activity, event.entry].slice(-activityKept) };
    case "worker.opened":
      return { ...state, workers: new Map(state.workers).set(event.worker.id, event.worker) };
    case "worker.judged":
      return change(state, event.id, (w) => judged(w, event.phase, event.at, event.why));
    case "worker.renamed":
      return change(state, event.id, () => ({ name: event.name }));
    case "worker.linked":
      return change(state, event.id, () => ({
        pid: event.pid,
        conversation: event.conversation,
        transcript: event.transcript,
      }));
    case "worker.said":
      return change(state, event.id, (w) => ({
        lastActivity: Math.max(w.lastActivity, event.at),
        messageCount: event.messageCount,
        lastReply: event.lastReply,
        activity: event.activity,
        branch: event.branch,
        model: event.model,
        context: event.context,
      }));
    case "worker.troubled":
      return change(state, event.id, () => ({ problem: event.problem }));
    case "worker.looked":
      return change(state, event.id, () => ({ unread: false, lookedAt: event.at }));
    case "worker.dismissed":
      return { ...state, workers: new Map([...state.workers].filter(([id]) => id !== event.id)) };
    case "receipt.moved":
      return change(state, event.id, (w) => ({ receipts: withReceipt(w.receipts, event.receipt) }));
  }
}

/** The event that makes any state this one. */
export function snapshotOf({ workers, managers, settings, activity }: TeamState): TeamEvent {
  return { type: "team.snapshot", workers: [...workers.values()], managers, settings, activity: [...activity] };
}

function change(state: TeamState, id: WorkerId, patch: (worker: Worker) => Partial<Worker>): TeamState {
  const worker = state.workers.get(id);
  if (!worker) return state;
  return { ...state, workers: new Map(state.workers).set(id, { ...worker, ...patch(worker) }) };
}

function judged(worker: Worker, phase: Phase, at: number, why: Worker["why"]): Partial<Worker> {
  if (worker.phase.is === phase.is) return { phase, why };
  const finished = worker.phase.is === "working" && phase.is === "idle";
  return { phase, why, since: at, lastActivity: at, unread: finished || (worker.unread && phase.is !== "working") };
}

function withReceipt(receipts: readonly Receipt[], receipt: Receipt): Receipt[] {
  const known = receipts.some((r) => r.id === receipt.id);
  const next = known ? receipts.map((r) => (r.id === receipt.id ? receipt : r)) : [...receipts, receipt];
  const onTheWay = ["accepted", "typed", "submitted"];
  return next.filter((r, i) => i >= next.length - receiptsKept || onTheWay.includes(r.state));
}
