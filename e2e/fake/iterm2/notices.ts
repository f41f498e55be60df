import type { FocusChange, Happening } from "./happening.ts";
import type { MainThread } from "./main-thread.ts";
import type { Session } from "./session.ts";
import type { State, Tab, Window } from "./state.ts";

export type Notices = ReturnType<typeof createNotices>;

/** What is in front, and how clients hear of changes: once for several of one turn, the focus after the layout. */
export function createNotices(state: State, main: MainThread, tell: (happening: Happening) => void) {
  let pending = false;
  const focusChanged = (change: FocusChange) => main.run(() => tell({ is: "focus.changed", change }));
  return {
    tell,
    focusChanged,
    layoutChanged(): void {
      if (pending) return;
      pending = true;
      main.run(() => {
        pending = false;
        tell({ is: "layout.changed" });
      });
    },
    /** Shows a tab; with `front`, its window before the others. */
    select(window: Window, tab: Tab, front = true): void {
      window.current = tab;
      if (front && state.key !== window) focusChanged(keyWindow(window));
      if (front) state.key = window;
      focusChanged({ event: { case: "selectedTab", value: tab.id } });
      focusChanged({ event: { case: "session", value: tab.active.id } });
    },
    activate(tab: Tab, session: Session): void {
      tab.active = session;
      focusChanged({ event: { case: "session", value: session.id } });
    },
  };
}

export const keyWindow = (window: Window | undefined): FocusChange => ({
  event: { case: "window", value: window ? { windowStatus: 0, windowId: window.id } : { windowStatus: 2 } },
});
