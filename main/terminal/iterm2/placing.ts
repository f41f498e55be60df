import type { Place } from "../../../contract/commands.ts";
import { type Layout, type Pane, panesOf, type Split, sessionsOf, type Tab, type Window } from "./layout.ts";

/** Where the next pane goes. `vertical`: beside `session`, else below it. */
export type Step =
  | { readonly do: "split"; readonly session: string; readonly vertical: boolean }
  | { readonly do: "tab"; readonly window: string }
  | { readonly do: "window" };

export interface Wanted {
  readonly place: Place["at"];
  /** The session to stand beside or below. */
  readonly anchor: string | undefined;
  readonly isOurs: (session: string) => boolean;
}

/** Panes of a tab before the next one is opened. */
const full = 4;

/**
 * Decides; pure. `auto` fills tabs of ours to four panes (top left, top right, bottom left, bottom right), then opens a tab in
 * our window. A window in which the person has a session of their own is left alone. An anchor that is gone counts as `auto`.
 */
export function choosePlace(layout: Layout, { place, anchor, isOurs }: Wanted): Step {
  if (place === "window") return { do: "window" };
  const window = layout.windows.find((candidate) => holdsOnly(candidate, isOurs));
  if (place === "tab") return newTab(window);
  if (place === "auto" || anchor === undefined || !isShown(layout, anchor))
    return fill(layout, isOurs) ?? newTab(window);
  return { do: "split", session: anchor, vertical: place === "right" };
}

const newTab = (window: Window | undefined): Step => (window ? { do: "tab", window: window.id } : { do: "window" });

function holdsOnly({ tabs }: Window, isOurs: Wanted["isOurs"]): boolean {
  const sessions = tabs.flatMap(sessionsOf);
  return sessions.length > 0 && sessions.every(isOurs);
}

const isShown = ({ windows }: Layout, session: string) =>
  windows.some(({ tabs }) => tabs.some(({ root }) => panesOf(root).some((pane) => pane.session === session)));

function fill({ windows }: Layout, isOurs: Wanted["isOurs"]): Step | undefined {
  for (const { tabs } of windows.filter((window) => holdsOnly(window, isOurs))) {
    const tab = tabs.find(hasRoom);
    const next = tab && splitOf(tab.root);
    if (next) return next;
  }
  return undefined;
}

/** A pane that fills its tab for a while would be shrunk by a split. */
const hasRoom = ({ root, hidden }: Tab) => hidden.length === 0 && panesOf(root).length < full;

/** The largest part that is not split yet is split across; a person may have closed or dragged panes in any order. */
function splitOf(root: Split): Step | undefined {
  const panes = panesOf(root);
  const [only] = panes;
  if (!only) return undefined;
  if (panes.length === 1) return { do: "split", session: only.session, vertical: true };
  const pane = root.parts.find((part): part is Pane => "session" in part);
  // Two columns or rows, both split already: there are four panes then, unless the person made an odd layout.
  return pane ? { do: "split", session: pane.session, vertical: !root.vertical } : undefined;
}
