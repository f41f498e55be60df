import type { TeamState } from "../../../contract/reduce.ts";

/** How the team stands, in numbers. */
export interface Standing {
  readonly asking: number;
  readonly working: number;
  /** Finished, and not looked at. */
  readonly unread: number;
  readonly idle: number;
}

/** Ended workers count only while their end was not looked at. */
export function standing({ workers }: Pick<TeamState, "workers">): Standing {
  const all = [...workers.values()];
  const count = (phases: readonly string[], unread?: boolean) =>
    all.filter((worker) => phases.includes(worker.phase.is) && (unread === undefined || worker.unread === unread))
      .length;
  return {
    asking: count(["asking"]),
    working: count(["working", "starting"]),
    unread: count(["idle", "gone"], true),
    idle: count(["idle"], false),
  };
}

/** What stands beside the icon in macOS's menu bar: how many need the person. Short, for what is wide vanishes behind a notch. */
export function titleOf({ asking }: Standing): string {
  if (asking === 0) return "";
  return asking > 99 ? " 99+" : ` ${asking}`;
}

/** One line for the tooltip, the menu and a screen reader. */
export function sentenceOf({ asking, working, unread, idle }: Standing): string {
  const parts = [
    asking > 0 ? `${asking} ${asking === 1 ? "needs" : "need"} you` : "",
    working > 0 ? `${working} working` : "",
    unread > 0 ? `${unread} unread` : "",
    idle > 0 ? `${idle} idle` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : "No workers";
}
