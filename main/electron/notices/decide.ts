import type { Kind, Matter } from "./matters.ts";

/** What was told or seen, so that nothing is told twice. */
export interface Memory {
  /** Keys of matters that are dealt with: told, seen, or not wanted. */
  readonly dealt: ReadonlySet<string>;
  /** When a worker was told of last, by worker and kind. */
  readonly last: ReadonlyMap<string, number>;
}

export interface Situation {
  readonly now: number;
  /** The panel is in front of the person. */
  readonly looking: boolean;
  readonly wanted: Readonly<Record<Kind, boolean>>;
  /** Nothing is told before this moment. */
  readonly pausedUntil: number;
}

export interface Decision {
  readonly memory: Memory;
  readonly tell: readonly Matter[];
  /** When to decide again even if nothing happens; null: not before something does. */
  readonly again: number | null;
}

/** How long something must have been so: answers within a moment, by a rule or at the terminal, are nobody's business. */
const dwellMs: Readonly<Record<Kind, number>> = { asking: 2000, finished: 3000, failed: 2000 };

/** Between two notices of one kind about one worker. A question waits little: it holds up the work. */
const cooldownMs: Readonly<Record<Kind, number>> = { asking: 10_000, finished: 60_000, failed: 60_000 };

/** At the start only questions are news; what ended before is old. */
export function remember(matters: readonly Matter[]): Memory {
  const old = matters.filter(({ kind }) => kind !== "asking").map(({ key }) => key);
  return { dealt: new Set(old), last: new Map() };
}

/** Which matters to tell now: each once, after a dwell, not too often, not to somebody who looks. Pure. */
export function decide(memory: Memory, matters: readonly Matter[], situation: Situation): Decision {
  const { now, looking, wanted, pausedUntil } = situation;
  const dealt = new Set(matters.map(({ key }) => key).filter((key) => memory.dealt.has(key)));
  const last = new Map([...memory.last].filter(([, at]) => now - at < Math.max(...Object.values(cooldownMs))));
  const tell: Matter[] = [];
  let again: number | null = null;
  for (const matter of matters) {
    if (dealt.has(matter.key)) continue;
    const due = Math.max(dueAt(matter, last), pausedUntil);
    if (!looking && wanted[matter.kind] && due > now) {
      again = Math.min(again ?? due, due);
      continue;
    }
    dealt.add(matter.key);
    if (looking || !wanted[matter.kind]) continue;
    tell.push(matter);
    last.set(about(matter), now);
  }
  return { memory: { dealt, last }, tell, again };
}

function dueAt(matter: Matter, last: ReadonlyMap<string, number>): number {
  const before = last.get(about(matter));
  const rested = before === undefined ? 0 : before + cooldownMs[matter.kind];
  return Math.max(matter.since + dwellMs[matter.kind], rested);
}

const about = ({ worker, kind }: Matter) => `${worker.id} ${kind}`;
