import { useEffect } from "react";
import type { Check, CheckName } from "../../contract/check.ts";
import { lookAtChecks, usePanel } from "../store.ts";
import { useVisible } from "./now.ts";

/** What was found last of one of the things that claude-team needs; undefined while that is not known. */
export const useCheck = (name: CheckName): Check | undefined =>
  usePanel((panel) => panel.checks?.find((check) => check.name === name));

/** Has them looked at once, and again whenever the page comes into view while nobody leads and Claude Code does not know us. */
export function useChecksKnown(): void {
  const visible = useVisible();
  const online = usePanel((panel) => panel.connection.is === "online");
  const alone = usePanel((panel) => panel.team.managers === 0);
  useEffect(() => {
    const { checks } = usePanel.getState();
    const entered = checks?.some(({ name, state }) => name === "entry" && state === "ok");
    // What stays unknown is not claimed; the settings say what failed.
    if (visible && online && (!checks || (alone && !entered))) lookAtChecks().catch(() => {});
  }, [visible, online, alone]);
}
