import type { Desk } from "./desk.ts";
import { panesOf, replace } from "./split-tree.ts";
import { allSessions, newTab, type State, type Tab, type Window } from "./state.ts";

/** What comes back when iTerm2 starts: nothing, its windows, or its windows with variables as well. */
export type Restored = "none" | "restored" | "restored with contents";

/** Quitting and starting again. */
export function createRestoration(state: State, desk: Desk) {
  let last: Window[] = [];
  return {
    /** Everything ends. Resolves when all processes are gone. */
    async quit(): Promise<void> {
      const sessions = [...allSessions(state), ...desk.forgetClosed()];
      last = state.windows;
      Object.assign(state, { windows: [], key: undefined, buried: [], broadcast: [], nextTab: 1, isActive: false });
      const ends = sessions.map((session) => {
        const { process } = session;
        session.process = undefined;
        session.hasEnded = true;
        return process?.hangUp();
      });
      await Promise.all(ends);
    },
    start(restored: Restored): void {
      if (restored === "none") return;
      state.windows = last.map((window) => {
        const tabs = window.tabs.map((tab) => reviveTab(state, desk, tab, restored === "restored with contents"));
        const current = tabs[window.tabs.indexOf(window.current)] ?? (tabs[0] as Tab);
        return { ...window, tabs, current };
      });
      state.key = state.windows.at(-1);
      for (const session of allSessions(state)) desk.start(session);
    },
  };
}

function reviveTab(state: State, desk: Desk, old: Tab, withContents: boolean): Tab {
  const tab = newTab(state, old.root, old.active);
  for (const session of panesOf(old.root)) {
    const revived = desk.revive(session);
    if (withContents) for (const [name, value] of session.user) revived.user.set(name, value);
    replace(tab.root, session, revived);
    if (old.active === session) tab.active = revived;
  }
  return tab;
}
