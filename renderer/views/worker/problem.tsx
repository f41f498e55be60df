import type { Worker } from "../../../contract/worker.ts";
import { plain } from "../../words/plain.ts";

/** What went wrong inside Claude Code, until the next turn begins. */
export function Problem({ problem }: Pick<Worker, "problem">) {
  if (!problem) return null;
  return (
    <p className={passing.has(problem.is) ? "problem warning" : "problem failure"} role="status">
      {!problem.text.startsWith(titles[problem.is]) && <strong>{titles[problem.is]}. </strong>}
      {plain(problem.text)}
    </p>
  );
}

/** Claude Code or the person goes on from these without further ado. */
const passing: ReadonlySet<string> = new Set(["retrying", "interrupted", "rate_limited", "truncated"]);

const titles: Record<NonNullable<Worker["problem"]>["is"], string> = {
  retrying: "Trying again",
  api_error: "The API failed",
  rate_limited: "A usage limit is reached",
  signed_out: "Claude Code is signed out",
  interrupted: "Interrupted",
  refused: "Claude refused",
  truncated: "The answer was cut short",
};
