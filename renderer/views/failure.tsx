import type { TeamError } from "../../contract/error.ts";
import { factOf, nextStep } from "../words/next-step.ts";
import { plain } from "../words/plain.ts";

/** What went wrong and what to do about it; nothing when nothing did. */
export function Failure({ of }: { of: TeamError | undefined }) {
  return (
    <div role="alert" className="failure-place">
      {of && (
        <p className="failure">
          <strong>That did not work:</strong> {plain(factOf(of))} {nextStep(of)}
        </p>
      )}
    </div>
  );
}
