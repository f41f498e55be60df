import type { Answer } from "../../../contract/request.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import type { AppHouse } from "../app-deps.ts";
import type { Electron } from "../electron.ts";
import { decide, remember } from "./decide.ts";
import { type Matter, matters } from "./matters.ts";
import { createShown } from "./shown.ts";

export interface NoticesDeps {
  /** Whether a person has the panel in front of them. */
  isLooking(): boolean;
  /** Opens the panel on this worker. */
  open(worker: WorkerId): void;
  report(where: string, cause: unknown): void;
}

export interface Notices extends Disposable {
  /** To be called when a person begins or ends to look. */
  reconsider(): void;
  /** Tells nothing before this moment, in milliseconds since the epoch; 0 goes on at once. */
  pause(until: number): void;
  readonly pausedUntil: number;
}

const unwanted = { asking: false, finished: false, failed: false };

/** Tells a person who does not look what needs them; takes each notice back when it is no longer so. */
export function createNotices(electron: Electron, { team, store }: AppHouse, deps: NoticesDeps): Notices {
  const shown = createShown(electron, { ...deps, answer });
  let memory = remember(matters(store.state));
  let pausedUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  function reconsider(): void {
    clearTimeout(timer);
    const current = matters(store.state);
    const wanted = store.state.settings?.values.notifications ?? unwanted;
    const now = Date.now();
    const decision = decide(memory, current, { now, looking: deps.isLooking(), wanted, pausedUntil });
    memory = decision.memory;
    shown.keepOnly(new Set(current.map(({ key }) => key)));
    for (const matter of decision.tell) shown.show(matter);
    if (decision.again !== null) timer = setTimeout(reconsider, decision.again - now);
  }

  /** By the request's id: one that was answered meanwhile is not answered twice, and the panel shows what is asked now. */
  async function answer({ worker, request }: Matter, given: Answer): Promise<void> {
    if (!request) return;
    try {
      await team.answer({ worker: worker.id, request: request.id, answer: given }, "person");
    } catch (cause) {
      deps.report("notification", cause);
      deps.open(worker.id);
    }
  }

  const events = store.subscribe(reconsider);
  reconsider();
  return {
    reconsider,
    pause(until) {
      pausedUntil = until;
      reconsider();
    },
    get pausedUntil() {
      return pausedUntil;
    },
    [Symbol.dispose]() {
      events[Symbol.dispose]();
      clearTimeout(timer);
      shown.keepOnly(new Set());
    },
  };
}
