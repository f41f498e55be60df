import type { ActivityEntry, ActivityPage } from "../../contract/activity.ts";
import { mergedActivity, type Stretch, touches } from "../words/activity.ts";

export interface PageRange {
  readonly limit: number;
  /** The `seq` of the entry that it ends before; default the end. */
  readonly before?: number;
}

/** What of the timeline was read so far. */
export interface ActivityReading extends Stretch {
  readonly reading: boolean;
  /** Why what is before it could not be read. */
  readonly failure: unknown;
}

export interface ActivityReader {
  /** The newest entries are these now, oldest first. What they leave out since the last time is read. */
  live(newest: readonly ActivityEntry[]): void;
  /** Reads the page before what is known. */
  older(): void;
  /** Reads once more what could not be read. */
  again(): void;
  /** The whole timeline, newest first. Rejects when a part of it cannot be read. */
  all(): Promise<readonly ActivityEntry[]>;
}

export const nothingRead: ActivityReading = { entries: [], more: true, reading: false, failure: undefined };

const pageSize = 100;
const largestPage = 500;

/**
 * Keeps one stretch of the timeline without a gap, up to the newest entry. Where a gap would come into it, it begins anew from
 * the newest ones, and is read back to where it was.
 */
export function createActivityReader(
  read: (range: PageRange) => Promise<ActivityPage>,
  show: (reading: ActivityReading) => void,
): ActivityReader {
  let known: Stretch = nothingRead;
  let reading = false;
  let failure: unknown;
  /** Back to the entry of this number it was read once. */
  let reached = Number.POSITIVE_INFINITY;

  function live(newest: readonly ActivityEntry[]): void {
    const goesOn = touches(known.entries, newest);
    reached = Math.min(reached, oldestOf(known));
    known = { entries: mergedActivity(goesOn ? known.entries : [], newest), more: goesOn ? known.more : true };
    if (goesOn) tell();
    else void readBack();
  }

  async function readBack(): Promise<void> {
    if (reading) return tell();
    reading = true;
    failure = undefined;
    tell();
    try {
      while (!(await takesPage()) || (known.more && oldestOf(known) > reached));
    } catch (cause) {
      failure = cause;
    }
    reading = false;
    tell();
  }

  /** Resolves with false when it has begun anew meanwhile: then the page does not fit. */
  async function takesPage(): Promise<boolean> {
    const oldest = oldestOf(known);
    const page = await pageBefore(known, pageSize);
    if (oldestOf(known) !== oldest) return false;
    known = withPage(known, page);
    return true;
  }

  const pageBefore = ({ entries }: Stretch, limit: number) => {
    const before = entries.at(-1)?.seq;
    return read({ limit, ...(before !== undefined && { before }) });
  };

  async function all(): Promise<readonly ActivityEntry[]> {
    let whole: Stretch = nothingRead;
    while (whole.more) whole = withPage(whole, await pageBefore(whole, largestPage));
    // More may stand here than is still kept there.
    return touches(whole.entries, known.entries) ? mergedActivity(whole.entries, known.entries) : whole.entries;
  }

  const tell = () => show({ ...known, reading, failure });
  return {
    live,
    older: () => void readBack(),
    again: () => void (failure !== undefined && readBack()),
    all,
  };
}

const oldestOf = ({ entries }: Stretch): number => entries.at(-1)?.seq ?? Number.POSITIVE_INFINITY;

const withPage = ({ entries }: Stretch, page: ActivityPage): Stretch => ({
  entries: mergedActivity(entries, page.entries),
  more: page.more && page.entries.length > 0,
});
