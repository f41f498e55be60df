import type { Closing } from "../../contract/digest.ts";
import { counted } from "./digest.ts";

/** One thing to know before a worker is closed. */
export interface ClosingFact {
  readonly what: string;
  readonly parts: readonly string[];
}

/** What closing a worker would lose or leave behind; nothing for an idle one that has nothing open. */
export function closingFacts({ phase, requests, queued, draft, changes }: Closing): ClosingFact[] {
  const facts: (ClosingFact | false)[] = [
    phase === "working" && fact("It is working. What it does now is broken off."),
    phase === "starting" && fact("It is still starting."),
    requests > 0 && fact(requests === 1 ? "It waits for an answer." : `It waits for ${requests} answers.`),
    queued.length > 0 && fact(`${counted(queued.length, "message")} will not be delivered:`, queued),
    draft !== null && fact("This stands in its input box and was not sent:", [draft]),
    changes !== null &&
      changes.count > 0 &&
      fact(`${counted(changes.count, "changed file")} that git has no commit of; they stay on disk:`, [
        ...changes.files,
        ...(changes.count > changes.files.length ? [`and ${changes.count - changes.files.length} more`] : []),
      ]),
  ];
  return facts.filter((known) => known !== false);
}

/** Whether closing would now lose what was not among the facts that a person has seen. Changed files stay on disk. */
export function losesMore(now: Closing, seen: Closing): boolean {
  return (
    (now.phase !== seen.phase && (now.phase === "working" || now.phase === "starting")) ||
    now.requests > seen.requests ||
    now.queued.some((text) => !seen.queued.includes(text)) ||
    (now.draft !== null && now.draft !== seen.draft) ||
    (!now.resumable && seen.resumable)
  );
}

const fact = (what: string, parts: readonly string[] = []): ClosingFact => ({ what, parts });
