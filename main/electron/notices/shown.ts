import type { Notification } from "electron";
import type { Answer } from "../../../contract/request.ts";
import type { WorkerId } from "../../../contract/worker.ts";
import type { Electron } from "../electron.ts";
import type { Matter } from "./matters.ts";
import { wording } from "./wording.ts";

export interface ShownDeps {
  open(worker: WorkerId): void;
  answer(matter: Matter, given: Answer): Promise<void>;
  report(where: string, cause: unknown): void;
}

/** The notices that stand on the screen or in the system's list. */
export interface Shown {
  show(matter: Matter): void;
  /** Takes back the notices whose matter is not among these keys. */
  keepOnly(keys: ReadonlySet<string>): void;
}

/** Holds every notice until its matter is over: one that was collected as garbage would hear no click (electron/electron#12690). */
export function createShown({ Notification }: Electron, { open, answer, report }: ShownDeps): Shown {
  const shown = new Map<string, Notification>();

  function show(matter: Matter): void {
    if (!Notification.isSupported()) return;
    const { actions, ...words } = wording(matter);
    const notice = new Notification({
      ...words,
      groupId: matter.worker.id,
      silent: matter.kind !== "asking",
      actions: actions.map(({ label }) => ({ type: "button", text: label })),
    });
    notice.on("click", () => open(matter.worker.id));
    notice.on("action", ({ actionIndex }) => {
      const action = actions[actionIndex];
      if (action) void answer(matter, action.answer);
    });
    notice.on("failed", (_event, error) => report("notification", new Error(error)));
    shown.set(matter.key, notice);
    notice.show();
  }

  function keepOnly(keys: ReadonlySet<string>): void {
    for (const [key, notice] of shown) {
      if (keys.has(key)) continue;
      shown.delete(key);
      notice.close();
    }
  }

  return { show, keepOnly };
}
