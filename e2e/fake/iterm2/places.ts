import { fitPanes } from "./geometry.ts";
import type { Session } from "./session.ts";
import { insert, panesOf, remove, rootOf } from "./split-tree.ts";
import { addWindow, newTab, placeOf, type State, type Tab, type Window } from "./state.ts";
import type { Closed } from "./undo.ts";

/** Takes what is closed out of the layout. */
export function takeOut(state: State, closed: Closed): void {
  if (closed.what === "buried") state.buried = state.buried.filter((one) => one !== closed.session);
  if (closed.what === "pane") {
    const next = remove(closed.tab.root, closed.session);
    if (closed.tab.active === closed.session && next) closed.tab.active = next;
  }
  if (closed.what === "tab") {
    const { tabs } = closed.window;
    const at = tabs.indexOf(closed.tab);
    tabs.splice(at, 1);
    const next = tabs[Math.max(0, at - 1)];
    if (closed.window.current === closed.tab && next) closed.window.current = next;
  }
  if (closed.what === "window") {
    state.windows = state.windows.filter((one) => one !== closed.window);
    if (state.key === closed.window) state.key = state.windows.at(-1);
  }
}

/** Puts it where it was, if that is still there; else as near as can be. Tabs get new ids. */
export function putBack(state: State, closed: Closed): { window: Window; tab: Tab; sessions: Session[] } {
  if (closed.what === "window") {
    const tabs = closed.window.tabs.map((tab) => ({ ...tab, id: String(state.nextTab++) }));
    const current = tabs[closed.window.tabs.indexOf(closed.window.current)] as Tab;
    const window: Window = { ...closed.window, tabs, current };
    state.windows.push(window);
    return { window, tab: current, sessions: tabs.flatMap(({ root }) => panesOf(root)) };
  }
  const session = closed.what === "tab" ? closed.tab.active : closed.session;
  const old = closed.what === "pane" && state.windows.find((one) => one.tabs.includes(closed.tab));
  if (old && closed.what === "pane") {
    insert(closed.tab.root, closed.tab.active, session, { vertical: closed.tab.root.vertical, before: false });
    closed.tab.active = session;
    return { window: old, tab: closed.tab, sessions: [session] };
  }
  const root = closed.what === "tab" ? closed.tab.root : rootOf(session);
  const tab = newTab(state, root, session);
  const home = closed.what !== "buried" && state.windows.includes(closed.window) ? closed.window : undefined;
  home?.tabs.push(tab);
  const window = home ?? addWindow(state, tab, { cols: session.screen.cols, rows: session.screen.rows });
  return { window, tab, sessions: panesOf(root) };
}

/** Hides a pane; its session goes on. Returns whether there was one to hide. */
export function bury(state: State, session: Session): boolean {
  const place = placeOf(state, session);
  if (!place || session.isBuried) return false;
  const isLast = panesOf(place.tab.root).length === 1;
  if (!isLast) takeOut(state, { what: "pane", ...place, session });
  else if (place.window.tabs.length > 1) takeOut(state, { what: "tab", ...place });
  else takeOut(state, { what: "window", window: place.window });
  for (const window of state.windows) fitPanes(window);
  session.isBuried = true;
  state.buried.push(session);
  return true;
}

/** Shows a buried session in a window of its own. */
export function disinter(state: State, session: Session): Window | undefined {
  if (!session.isBuried) return undefined;
  session.isBuried = false;
  state.buried = state.buried.filter((one) => one !== session);
  const tab = newTab(state, rootOf(session), session);
  return addWindow(state, tab, { cols: session.screen.cols, rows: session.screen.rows });
}

/** Moves a tab into a window of its own; the tab keeps its id. Nothing to do for the only tab of a window. */
export function moveToNewWindow(state: State, window: Window, tab: Tab): Window | undefined {
  if (window.tabs.length < 2) return undefined;
  takeOut(state, { what: "tab", window, tab });
  return addWindow(state, tab, { cols: window.cols, rows: window.rows });
}
