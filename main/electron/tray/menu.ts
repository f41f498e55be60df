import type { LoginSaid } from "../login-item.ts";
import type { ShortcutState } from "../shortcut.ts";
import type { UpdateState } from "../updates/updates.ts";
import { type Standing, sentenceOf } from "./standing.ts";

/** What the menu can do; the shell does it. */
export type Deed = "open" | "next" | "settings" | "pin" | "pause" | "report" | "approve-login" | "update" | "quit";

export interface MenuItem {
  readonly label: string;
  /** Null is a line that only says something. */
  readonly deed: Deed | null;
  readonly checked?: boolean;
}

export interface MenuState {
  readonly standing: Standing;
  readonly pinned: boolean;
  readonly paused: boolean;
  /** Said by the shortcut, the login item and the updater when there is something to say. */
  readonly shortcut: ShortcutState;
  readonly login: LoginSaid;
  readonly update: UpdateState;
}

/** The menu of the icon, in groups that a line separates. */
export function menuOf(state: MenuState): readonly (readonly MenuItem[])[] {
  const { standing, pinned, paused } = state;
  const next: MenuItem[] = standing.asking > 0 ? [{ label: "Next That Needs You", deed: "next" }] : [];
  const groups: MenuItem[][] = [
    [{ label: sentenceOf(standing), deed: null }],
    [{ label: "Open Claude Team", deed: "open" }, ...next, { label: "Settings…", deed: "settings" }],
    [
      { label: "Keep Open", deed: "pin", checked: pinned },
      { label: "Pause Notifications for an Hour", deed: "pause", checked: paused },
    ],
    troubles(state),
    [{ label: "Copy Report", deed: "report" }, ...update(state)],
    [{ label: "Quit Claude Team", deed: "quit" }],
  ];
  return groups.filter((group) => group.length > 0);
}

function troubles({ shortcut, login }: MenuState): MenuItem[] {
  const items: MenuItem[] = [];
  if (typeof shortcut === "object") items.push({ label: `${shortcut.taken} Belongs to Another App`, deed: "settings" });
  if (login === "needs-approval")
    items.push({ label: "Allow Launch at Login in System Settings…", deed: "approve-login" });
  if (login === "removed")
    items.push({ label: "Launch at Login Was Turned Off in System Settings…", deed: "approve-login" });
  return items;
}

function update({ update }: MenuState): MenuItem[] {
  if (update === "off") return [];
  if (update === "none") return [{ label: "Check for Updates", deed: "update" }];
  return [{ label: `Restart to Update to ${update.ready}`, deed: "update" }];
}
