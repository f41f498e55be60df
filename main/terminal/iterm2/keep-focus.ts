import { type Layout, sessionsOf } from "./layout.ts";
import type { Link } from "./link.ts";
import { type FocusChanged, FocusChanged_Window_WindowStatus } from "./wire/iterm2_pb.ts";

/**
 * A new tab or pane takes the keyboard inside iTerm2: what the person types at that moment would go to the new worker. Resolves
 * with what gives it back to the session that had it; nothing to do while another app has the keyboard.
 */
export async function keepFocus(link: Link, layout: Layout): Promise<() => Promise<void>> {
  const { notifications } = await link.call("focus", {});
  const session = focused(notifications, layout);
  return async () => {
    if (session === undefined) return;
    const where = { orderWindowFront: true, selectTab: true, selectSession: true };
    await link.call("activate", { identifier: { case: "sessionId", value: session }, ...where });
  };
}

/** The session that has the keyboard: the active one of the selected tab of the key window. */
export function focused(told: readonly FocusChanged[], { windows }: Layout): string | undefined {
  let isActive = false;
  let key: string | undefined;
  const tabs = new Set<string>();
  const sessions = new Set<string>();
  for (const { event } of told) {
    if (event.case === "applicationActive") isActive = event.value;
    else if (event.case === "selectedTab") tabs.add(event.value);
    else if (event.case === "session") sessions.add(event.value);
    else if (event.case === "window" && isKey(event.value.windowStatus)) key = event.value.windowId;
  }
  if (!isActive) return undefined;
  const tab = windows.find(({ id }) => id === key)?.tabs.find(({ id }) => tabs.has(id));
  return tab && sessionsOf(tab).find((session) => sessions.has(session));
}

const isKey = (status = FocusChanged_Window_WindowStatus.BECAME_KEY) =>
  status === FocusChanged_Window_WindowStatus.BECAME_KEY;
