import type { Reason, Worker } from "../../contract/worker.ts";

/** A signal's say, and what it counts for: `overruled` by a better one, or `earlier` than this phase, which tells nothing about now. */
export interface Said {
  readonly reason: Reason;
  readonly counts: "agrees" | "overruled" | "earlier";
}

/** So long after the first sign of it a phase may be judged. */
const leadMs = 5000;

/**
 * What the phase was judged from: first what agrees, last what is old. The other signals stand until they change; the screen is
 * read only where no other one speaks (main/team/screen-watch.ts), so what it showed before the phase began may be gone by now.
 */
export function weighed({ why, since }: Pick<Worker, "why" | "since">): Said[] {
  const all = why.map((reason): Said => {
    const old = reason.signal === "screen" && reason.at !== null && reason.at < since - leadMs;
    return { reason, counts: old ? "earlier" : reason.agrees ? "agrees" : "overruled" };
  });
  return (["agrees", "overruled", "earlier"] as const).flatMap((each) => all.filter(({ counts }) => counts === each));
}
