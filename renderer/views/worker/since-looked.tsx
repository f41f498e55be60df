import { useEffect, useState } from "react";
import type { Digest } from "../../../contract/digest.ts";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { ago } from "../../words/age.ts";
import { digestLines } from "../../words/digest.ts";
import { Icon } from "../icon.tsx";
import { useNow } from "../now.ts";

/** A look away of less than this needs no summary. */
const leastAwayMs = 60_000;

interface SinceProps {
  readonly worker: Worker;
  readonly lookedAt: number | null;
}

/** What happened while nobody looked, in a few lines from the transcript alone. */
export function SinceLooked({ worker, lookedAt }: SinceProps) {
  const [digest, setDigest] = useState<Digest>();
  const now = useNow();
  const [away] = useState(lookedAt !== null && worker.lastActivity > lookedAt && Date.now() - lookedAt > leastAwayMs);
  useEffect(() => {
    if (!away || lookedAt === null) return;
    const ending = new AbortController();
    // Without it the conversation below still tells everything.
    call("digest", { worker: worker.id, since: lookedAt }, ending.signal).then(setDigest, () => {});
    return () => ending.abort();
  }, [worker.id, lookedAt, away]);

  if (!digest || digest.said + digest.heard === 0) return null;
  return (
    <section className="since-looked" aria-label="Since you looked">
      <p>
        <strong>Since you looked</strong> <span className="quiet">{ago(digest.since, now)}</span>
      </p>
      <ul>
        {digestLines(digest, worker.cwd).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <button type="button" className="icon-button" aria-label="Put it away" onClick={() => setDigest(undefined)}>
        <Icon name="cross" />
      </button>
    </section>
  );
}
