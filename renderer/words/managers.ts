import type { Check } from "../../contract/check.ts";

/** How the team is led, and the one next step when nobody leads it. */
export interface Lead {
  readonly fact: string;
  /** `setup`: Claude Code does not know this team. `reconnect`: it does, and a new session finds it; an open one by these keys. */
  readonly step: { readonly is: "setup" } | { readonly is: "reconnect"; readonly keys: string } | undefined;
}

/** `entry` is the check of Claude Code's entry; undefined while it is not known, and then nothing is claimed. */
export function leadOf(managers: number, entry: Check | undefined): Lead {
  if (managers === 1) return { fact: "A manager is connected", step: undefined };
  if (managers > 1) return { fact: `${managers} managers are connected`, step: undefined };
  return { fact: "No manager is connected", step: entry && nextStep(entry) };
}

function nextStep({ state, entry }: Check): Lead["step"] {
  if (state !== "ok") return { is: "setup" };
  return entry === undefined ? undefined : { is: "reconnect", keys: `/mcp reconnect ${entry}` };
}
