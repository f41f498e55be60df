import type { ActivityEntry } from "../../contract/activity.ts";
import { plain } from "./plain.ts";

/** Who acted, what was done to whom: `You` `answered` `tests`. `about` stands below it. */
export interface ActivityWords {
  readonly who: string;
  readonly verb: string;
  /** The worker it was done to; null when it is the one that acted, or none. */
  readonly whom: string | null;
  readonly about: string;
  readonly outcome: string | null;
}

const verbs: Readonly<Record<ActivityEntry["did"], string>> = {
  spawned: "spawned",
  resumed: "resumed",
  forked: "forked",
  closed: "closed",
  ended: "ended",
  dismissed: "took off the list",
  renamed: "renamed",
  sent: "sent a message to",
  withdrew: "took back a message to",
  interrupted: "interrupted",
  finished: "finished",
  failed: "failed",
  asked: "asked",
  answered: "answered",
  proposed: "proposed an answer for",
  settled: "no longer asks",
  configured: "changed the settings",
  allowed: "added a rule",
  disallowed: "removed a rule",
};

/** Done by the worker itself, whoever saw it. */
const ownDoing: ReadonlySet<ActivityEntry["did"]> = new Set(["ended", "finished", "failed", "asked", "settled"]);

export function activityWords({ by, did, name, worker, what, outcome }: ActivityEntry): ActivityWords {
  const subject = name ?? worker;
  const itself = subject !== null && (by === "worker" || ownDoing.has(did));
  return {
    who: itself ? subject : actors[by],
    verb: verbs[did],
    whom: itself ? null : subject,
    about: what,
    outcome,
  };
}

export const actors: Readonly<Record<ActivityEntry["by"], string>> = {
  person: "You",
  manager: "The manager",
  worker: "A worker",
  rule: "A rule",
  team: "claude-team",
};

/** What the timeline is narrowed to; "" is everything. */
export interface ActivityFilter {
  readonly by: ActivityEntry["by"] | "";
  readonly worker: string;
  readonly text: string;
}

export function narrowed(entries: readonly ActivityEntry[], { by, worker, text }: ActivityFilter): ActivityEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if ((by && entry.by !== by) || (worker && entry.worker !== worker)) return false;
    const all = [actors[entry.by], verbs[entry.did], entry.name, entry.what, entry.outcome].join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Entries between which nothing else happened, newest first. */
export interface Stretch {
  readonly entries: readonly ActivityEntry[];
  /** There may be some before them. */
  readonly more: boolean;
}

/** Whether nothing can have happened between two stretches of the timeline, however each is sorted. */
export function touches(some: readonly ActivityEntry[], others: readonly ActivityEntry[]): boolean {
  const [a, b] = [boundsOf(some), boundsOf(others)];
  return a.first <= b.last + 1 && b.first <= a.last + 1;
}

function boundsOf(entries: readonly ActivityEntry[]): { first: number; last: number } {
  const ends = [entries[0]?.seq, entries.at(-1)?.seq].map((seq) => seq ?? Number.NaN);
  return { first: Math.min(...ends), last: Math.max(...ends) };
}

/** One page of the timeline and what came since, without doubles, newest first. */
export function mergedActivity(...parts: readonly (readonly ActivityEntry[])[]): ActivityEntry[] {
  const known = new Map(parts.flat().map((entry) => [entry.seq, entry]));
  return [...known.values()].sort((a, b) => b.seq - a.seq);
}

/** The timeline as text, oldest first, one line each: what was said in it can neither begin a line nor steer a terminal. */
export function activityText(entries: readonly ActivityEntry[]): string {
  return [...entries].reverse().map(textLine).join("\n").concat("\n");
}

function textLine(entry: ActivityEntry): string {
  const { who, verb, whom, about, outcome } = activityWords(entry);
  const head = [new Date(entry.at).toISOString(), who, verb, whom].filter(Boolean).join(" ");
  return plain(`${head}${about && `: ${about}`}${outcome ? ` (${outcome})` : ""}`).replace(/\s+/g, " ");
}
