import { homedir, hostname, userInfo } from "node:os";
import { foregroundJob } from "./jobs.ts";
import { textIn } from "./profile.ts";
import type { Session } from "./session.ts";
import { findSession, findTab, findWindow, placeOf, type State, type Tab, type Window } from "./state.ts";

/** What a variable is asked of. */
export type Scope =
  | { readonly is: "session"; readonly session: Session }
  | { readonly is: "tab"; readonly window: Window; readonly tab: Tab }
  | { readonly is: "window"; readonly window: Window }
  | { readonly is: "app" };

type Values = Record<string, () => unknown>;

export function scopeOf(state: State, kind: Scope["is"], id: string | undefined): Scope | undefined {
  const session = kind === "session" ? findSession(state, id) : undefined;
  const place = kind === "tab" ? findTab(state, id === "active" ? state.key?.current.id : id) : undefined;
  const window = kind === "window" ? findWindow(state, id) : undefined;
  if (kind === "app") return { is: "app" };
  if (session) return { is: "session", session };
  if (place) return { is: "tab", ...place };
  return window ? { is: "window", window } : undefined;
}

/** The value in JSON, "null" when there is none; "*" is all of them, as texts. */
export function readVariable(state: State, scope: Scope, name: string): string {
  const values = valuesOf(state, scope);
  const user = userOf(state, scope);
  if (name === "*") {
    const mine = [...user].map(([key, value]) => [`user.${key}`, String(value)]);
    const own = Object.entries(values).map(([key, value]) => [key, String(value() ?? "")]);
    return JSON.stringify(Object.fromEntries([...own, ...mine]));
  }
  const value = name.startsWith("user.") ? user.get(name.slice(5)) : values[name.replace(/^session\./, "")]?.();
  return JSON.stringify(value ?? null);
}

/** Only `user.` names of one part can be set; null unsets. */
export const isSettable = (name: string | undefined): name is string => /^user\.[^.]+$/.test(name ?? "");

export function setVariable(state: State, scope: Scope, name: string, value: unknown): void {
  const user = userOf(state, scope);
  if (value === null) user.delete(name.slice(5));
  else user.set(name.slice(5), value);
}

function userOf(state: State, scope: Scope): Map<string, unknown> {
  switch (scope.is) {
    case "session":
      return scope.session.user;
    case "tab":
      return scope.tab.user;
    case "window":
      return scope.window.user;
    case "app":
      return state.user;
  }
}

function valuesOf(state: State, scope: Scope): Values {
  switch (scope.is) {
    case "session":
      return sessionValues(state, scope.session);
    case "tab":
      return tabValues(scope.window, scope.tab);
    case "window":
      return windowValues(scope.window);
    case "app":
      return {
        pid: () => process.pid,
        localhostName: hostname,
        effectiveTheme: () => "dark",
        appBundlePath: () => "/Applications/iTerm.app",
      };
  }
}

function sessionValues(state: State, session: Session): Values {
  const { profile, screen } = session;
  const job = () => (session.process ? foregroundJob(session.process.pid) : undefined);
  const place = () => placeOf(state, session);
  return {
    id: () => session.id,
    name: () => session.autoName,
    autoName: () => session.autoName,
    autoNameFormat: () => session.autoName,
    presentationName: () => session.autoName,
    profileName: () => textIn(profile, "Name"),
    terminalIconName: () => session.iconName,
    terminalWindowName: () => session.windowName,
    badge: () => textIn(profile, "Badge Text") || null,
    tty: () => session.process?.tty,
    pid: () => session.process?.pid,
    effective_root_pid: () => session.process?.pid,
    jobPid: () => job()?.pid,
    jobName: () => job()?.name,
    processTitle: () => job()?.name,
    commandLine: () => job()?.commandLine,
    path: () => job()?.path,
    columns: () => screen.cols,
    rows: () => screen.rows,
    hostname,
    username: () => userInfo().username,
    homeDirectory: homedir,
    creationTimeString: () => session.created.toString(),
    bellCount: () => 0,
    showingAlternateScreen: () => screen.isAlternate,
    mouseReportingMode: () => -1,
    termid: () => `w${place()?.window.number ?? 0}t${place()?.window.tabs.indexOf(place()?.tab as Tab) ?? 0}p0`,
    "tab.id": () => Number(place()?.tab.id),
    "tab.window.id": () => place()?.window.id,
  };
}

const tabValues = (window: Window, tab: Tab): Values => ({
  id: () => Number(tab.id),
  title: () => tab.titleOverride || tab.active.autoName,
  titleOverride: () => tab.titleOverride || null,
  titleOverrideFormat: () => tab.titleOverride || null,
  "currentSession.id": () => tab.active.id,
  "window.id": () => window.id,
});

const windowValues = (window: Window): Values => ({
  id: () => window.id,
  number: () => window.number,
  style: () => "normal",
  title: () => window.titleOverride || window.current.active.autoName,
  titleOverride: () => window.titleOverride || null,
  "currentTab.id": () => Number(window.current.id),
  isHotkeyWindow: () => false,
});
