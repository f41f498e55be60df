import { randomUUID } from "node:crypto";
import type { Profile } from "./profile.ts";
import type { Session } from "./session.ts";
import { panesOf, type Split } from "./split-tree.ts";

export interface Tab {
  /** A number in text, never used again while iTerm2 runs. */
  readonly id: string;
  readonly root: Split<Session>;
  active: Session;
  titleOverride: string;
  readonly user: Map<string, unknown>;
}

export interface Window {
  readonly id: string;
  readonly number: number;
  readonly tabs: Tab[];
  current: Tab;
  /** Its size in cells. */
  cols: number;
  rows: number;
  origin: { x: number; y: number };
  isFullscreen: boolean;
  titleOverride: string;
  readonly user: Map<string, unknown>;
}

/** Everything there is in iTerm2 while it runs. */
export interface State {
  windows: Window[];
  /** The terminal window in front. */
  key: Window | undefined;
  /** iTerm2 is the active application. */
  isActive: boolean;
  buried: Session[];
  broadcast: string[][];
  profiles: Profile[];
  readonly user: Map<string, unknown>;
  nextTab: number;
}

export const newId = (): string => randomUUID().toUpperCase();

export const newTab = (state: State, root: Split<Session>, active: Session): Tab => ({
  id: String(state.nextTab++),
  root,
  active,
  titleOverride: "",
  user: new Map(),
});

/** A window around a tab, in front of the others. */
export function addWindow(state: State, tab: Tab, size: { cols: number; rows: number }, id = `pty-${newId()}`): Window {
  const taken = new Set(state.windows.map(({ number }) => number));
  const number = [...taken, 0, taken.size].find((one) => !taken.has(one)) ?? taken.size;
  const look = { origin: { x: 100 + 20 * number, y: 200 }, isFullscreen: false, titleOverride: "" };
  const window: Window = { id, number, tabs: [tab], current: tab, ...size, ...look, user: new Map() };
  state.windows.push(window);
  return window;
}

export const sessionsIn = (window: Window): Session[] => window.tabs.flatMap(({ root }) => panesOf(root));

export const allSessions = (state: State): Session[] => [...state.windows.flatMap(sessionsIn), ...state.buried];

export const findWindow = (state: State, id: string | undefined): Window | undefined =>
  id === "active" ? state.key : state.windows.find((window) => window.id === id);

export const findTab = (state: State, id: string | undefined): { window: Window; tab: Tab } | undefined =>
  state.windows.flatMap((window) => window.tabs.filter((tab) => tab.id === id).map((tab) => ({ window, tab })))[0];

/** By its id, or "active". Closed ones are not found, buried ones are. */
export const findSession = (state: State, id: string | undefined): Session | undefined =>
  id === "active" ? state.key?.current.active : allSessions(state).find((session) => session.id === id);

/** Those an id means that may be "all". */
export function findSessions(state: State, id: string | undefined): Session[] {
  if (id === "all") return allSessions(state);
  const one = findSession(state, id);
  return one ? [one] : [];
}

/** Where a session stands; undefined for a buried one. */
export function placeOf(state: State, session: Session): { window: Window; tab: Tab } | undefined {
  for (const window of state.windows) {
    const tab = window.tabs.find(({ root }) => panesOf(root).includes(session));
    if (tab) return { window, tab };
  }
  return undefined;
}
