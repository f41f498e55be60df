import type { Worker } from "../../contract/worker.ts";

export const sectionNames = ["Needs you", "Working", "Unread", "Idle", "Ended"] as const;
export type SectionName = (typeof sectionNames)[number];

export interface Section {
  readonly name: SectionName;
  readonly workers: readonly Worker[];
}

/**
 * The sections that hold somebody, in their fixed order; inside one the order of the team is kept, so that rows stand still.
 * `opened` is one that was unread when it was opened, and stays there.
 */
export function sections(workers: Iterable<Worker>, opened?: Worker["id"]): Section[] {
  const all = [...workers];
  const place = (worker: Worker) => sectionOf({ ...worker, unread: worker.unread || worker.id === opened });
  return sectionNames
    .map((name) => ({ name, workers: all.filter((worker) => place(worker) === name) }))
    .filter((section) => section.workers.length > 0);
}

export function sectionOf({ phase, unread }: Pick<Worker, "phase" | "unread">): SectionName {
  switch (phase.is) {
    case "asking":
      return "Needs you";
    case "starting":
    case "working":
      return "Working";
    case "idle":
      return unread ? "Unread" : "Idle";
    case "gone":
      return "Ended";
  }
}
