import { useEffect } from "react";
import { lookAtChecks, usePanel } from "../../store.ts";
import type { Hosts } from "../../words/hosts.ts";
import { useCheck } from "../use-checks.ts";

/** Where a new worker may live, looked at anew for the dialog. */
export function useHosts(): Hosts {
  const usable = useCheck("terminal")?.hosts;
  const setting = usePanel((panel) => panel.team.settings?.values.terminal ?? "auto");
  useEffect(() => {
    // Then everything is offered that was offered before.
    lookAtChecks().catch(() => {});
  }, []);
  return { usable, setting };
}
