import type { Answer } from "../../contract/request.ts";

/** What a manager would answer. */
export function proposed({ decision, reason, answers }: Answer): string {
  if (answers) return Object.values(answers).flat().join(", ");
  const decided = decision === "allow" ? "allow it" : "deny it";
  return reason ? `${decided}, saying “${reason}”` : decided;
}
