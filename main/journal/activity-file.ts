import { appendFile, readFile } from "node:fs/promises";
import { type ActivityEntry, activityEntry } from "../../contract/activity.ts";
import { writeAtomic } from "../home/atomic.ts";

/** The team's timeline on disk, 0600: the newest entries, one JSON line each. */
export interface ActivityFile {
  /** What stood in it, oldest first; a line that cannot be read is left out. */
  readonly entries: readonly ActivityEntry[];
  /** Written soon; a loss is reported and costs only this line. */
  append(entry: ActivityEntry): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

export interface ActivityFileOptions {
  /** Lines that are left after a clean-up, which comes when there are twice as many. */
  readonly most: number;
  report(cause: unknown): void;
}

/** Opens or creates it at this path. What cannot be read at all is reported, and begins anew. */
export async function openActivityFile(path: string, { most, report }: ActivityFileOptions): Promise<ActivityFile> {
  const entries = (await readEntries(path, report)).slice(-most);
  let kept = [...entries];
  let lines = Number.POSITIVE_INFINITY; // the first write also mends a torn last line
  let waiting: ActivityEntry[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  async function drain(): Promise<void> {
    const batch = waiting;
    waiting = [];
    kept = [...kept, ...batch].slice(-most);
    lines += batch.length;
    if (lines > 2 * most) {
      await writeAtomic(path, kept.map(lineOf).join(""));
      lines = kept.length;
    } else await appendFile(path, batch.map(lineOf).join(""), { mode: 0o600 });
  }

  return {
    entries,
    append(entry) {
      waiting.push(entry);
      if (waiting.length === 1) turn = turn.then(drain).catch(report);
    },
    close: async () => void (await turn),
  };
}

const lineOf = (entry: ActivityEntry) => `${JSON.stringify(entry)}\n`;

async function readEntries(path: string, report: (cause: unknown) => void): Promise<ActivityEntry[]> {
  try {
    return (await readFile(path, "utf8")).split("\n").flatMap(readLine);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") report(cause);
    return [];
  }
}

function readLine(line: string): ActivityEntry[] {
  try {
    const { data } = activityEntry.safeParse(JSON.parse(line));
    return data ? [data] : [];
  } catch {
    // Torn by a crash, or the empty end of the file.
    return [];
  }
}
