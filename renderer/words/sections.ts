import type { Worker } from "../../contract/worker.ts";

export const sectionNames = ["Needs you", "Working", "Unread", "Idle", "Ended"] as const;
export type SectionName = (typeof sectionNames)[number];

export interface Section {
  readonly name: SectionName;
  readonly workers: readonly Worker[];
}

/** The sections that hold somebody, in their fixed order; inside one the order of the team is kept, so that rows stand still. */
export function sections(workers: Iterable<Worker>): Section[] {
  const all = [...workers];
  return sectionNames
    .map((name) => ({ name, workers: all.filter((worker) => sectionOf(worker) === name) }))
    .filter((section) => section.workers.length > 0);
}

export function sectionOf({ phase, unread }: Worker): SectionName {
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
