import { TeamError } from "../../contract/error.ts";
import { createAppendFile, type OpenFile } from "./append-file.ts";
import type { Fact } from "./fact.ts";
import { writeFact } from "./lines.ts";
import { compactFile, replay } from "./replay.ts";

/** Our own facts on disk: append-only, kept small by rewriting it as what it folds into. */
export interface Journal {
  /** What stood in it when it was opened. */
  readonly facts: readonly Fact[];
  /** What could not be read then, and where it was put; null when everything could. */
  readonly problem: string | null;
  /**
   * Resolves when written, with `sync` when on disk. Order is kept; appends at the same time share one sync. Rejects with
   * STORAGE_FAILED when the disk refuses; then nothing of this fact stays, and later ones may succeed.
   */
  append(fact: Fact, options?: { sync?: boolean }): Promise<void>;
  /** Rewrites it as the fewest facts that say the same; also done by itself when it has grown. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly now: () => number;
  /** Grown beyond this, and twice its last compact size, it is rewritten. */
  readonly maxBytes?: number;
  readonly openFile?: OpenFile;
}

interface Entry {
  readonly line: string;
  readonly sync: boolean;
  resolve(): void;
  reject(cause: unknown): void;
}

/** Opens or creates the journal at this path, 0600. */
export async function openJournal(path: string, options: JournalOptions): Promise<Journal> {
  const { facts, problem, torn } = await replay(path, options.now);
  const { maxBytes = 1_048_576 } = options;
  const file = createAppendFile(path, torn, options.openFile);
  let limit = maxBytes;
  let waiting: Entry[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  /** One thing at a time touches the file. */
  function exclusive(work: () => Promise<void>): Promise<void> {
    const result = turn.then(work);
    turn = result.catch(() => undefined); // told to the caller of `exclusive`
    return result;
  }

  async function drain(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      await file.append(
        batch.map((entry) => entry.line).join(""),
        batch.some((entry) => entry.sync),
      );
      for (const entry of batch) entry.resolve();
    } catch (cause) {
      const error = new TeamError("STORAGE_FAILED", `${path} cannot be written: ${(cause as Error).message}`, {
        cause,
      });
      for (const entry of batch) entry.reject(error);
    }
    if (file.size > limit) await compact().catch(() => undefined); // a full disk: the long journal goes on
  }

  async function compact(): Promise<void> {
    limit = Math.max(maxBytes, 2 * file.size);
    // Let go first: the old file may lose its name even when something fails on the way.
    await file.close();
    limit = Math.max(maxBytes, 2 * (await compactFile(path)));
  }

  function append(fact: Fact, { sync = false } = {}): Promise<void> {
    if (closed) return Promise.reject(new TeamError("STOPPING", "the journal is closed"));
    return new Promise((resolve, reject) => {
      waiting.push({ line: writeFact(fact), sync, resolve, reject });
      if (waiting.length === 1) void exclusive(drain);
    });
  }

  return {
    facts,
    problem,
    append,
    compact: () => exclusive(compact),
    close() {
      closed = true;
      return exclusive(file.close);
    },
  };
}
