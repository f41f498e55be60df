import type { TeamState } from "../../../contract/reduce.ts";

/** What is known of the running build. */
export interface Build {
  readonly packaged: boolean;
  /** By a developer's identity; on Linux the feed's checksums stand in for it. */
  readonly signed: boolean;
  /** Packed with the address of its releases. */
  readonly feed: boolean;
  /** `CLAUDE_TEAM_NO_UPDATES`. */
  readonly optedOut: boolean;
}

/** Why this build never looks for updates; undefined when it does. */
export function whyNoUpdates({ packaged, signed, feed, optedOut }: Build): string | undefined {
  if (optedOut) return "CLAUDE_TEAM_NO_UPDATES is set";
  if (!packaged) return "it runs from its sources";
  if (!feed) return "it was packed without the address of its releases";
  return signed ? undefined : "it is not signed, and an update would not be accepted";
}

/** Why not to restart for an update now, in words that follow "Not now: "; undefined when nothing is in the way. */
export function whyNotNow({ workers }: Pick<TeamState, "workers">): string | undefined {
  const all = [...workers.values()].filter(({ phase }) => phase.is !== "gone");
  const asking = all.find(({ phase }) => phase.is === "asking");
  if (asking) return `${asking.name} asks something`;
  const sending = all.find(({ receipts }) => receipts.some(({ state }) => state === "accepted" || state === "typed"));
  return sending && `a message to ${sending.name} is on its way`;
}
