import type { ActivityEntry } from "../../contract/activity.ts";

/** A request that is not open any more, in a line. */
export interface Vanished {
  readonly id: string;
  readonly line: string;
}

/** Who has answered a request and how, as the team's timeline tells it. */
export function whoAnswered(activity: readonly ActivityEntry[], request: string): string {
  const entry = activity.findLast(({ ref, did }) => ref === request && (did === "answered" || did === "settled"));
  const how = entry?.outcome ? ` (${entry.outcome})` : "";
  if (!entry) return "Answered elsewhere, or taken back:";
  if (entry.did === "settled") return `Answered in the terminal, or taken back${how}:`;
  switch (entry.by) {
    case "person":
      return `Answered by you, elsewhere${how}:`;
    case "manager":
      return `Answered by the manager${how}:`;
    case "rule":
      return `Answered by a rule of yours${how}:`;
    case "worker":
    case "team":
      return `Answered in the terminal${how}:`;
  }
}
