import type { TeamError } from "../../contract/error.ts";

/** What went wrong and what to do about it; nothing when nothing did. */
export function Failure({ of }: { of: TeamError | undefined }) {
  return (
    <div role="alert" className="failure-place">
      {of && (
        <p className="failure">
          <strong>{sentence(of.message)}</strong> {of.advice}
        </p>
      )}
    </div>
  );
}

function sentence(fact: string): string {
  const begun = fact.charAt(0).toUpperCase() + fact.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
