import type { Fact } from "./fact.ts";
import type { Journal } from "./journal.ts";

/** Facts on their way to disk, for callers that note many and wait for all at once. */
export interface Unwritten {
  remember(fact: Fact): void;
  /** Resolves when everything remembered so far is on disk; rejects with the first failure among it. */
  flush(): Promise<void>;
}

/** What is lost in a crash and could not be read again from anywhere else goes to disk at once. */
function mustSync(fact: Fact): boolean {
  if (fact.type !== "receipt.moved") return fact.type !== "worker.linked" && fact.type !== "worker.renamed";
  return fact.receipt.state === "accepted" || fact.receipt.state === "typed";
}

/** A failure that nobody waits for is reported once. */
export function createUnwritten(journal: Journal, report: (cause: unknown) => void): Unwritten {
  const writing = new Set<Promise<void>>();
  let waiting = 0;

  function remember(fact: Fact): void {
    const written = journal.append(fact, { sync: mustSync(fact) });
    writing.add(written);
    written
      .catch((cause: unknown) => {
        if (waiting === 0) report(cause);
      })
      .finally(() => writing.delete(written));
  }

  async function flush(): Promise<void> {
    waiting++;
    try {
      await Promise.all([...writing]);
    } finally {
      waiting--;
    }
  }

  return { remember, flush };
}
