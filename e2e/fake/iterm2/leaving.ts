import { fitPanes } from "./geometry.ts";
import { keyWindow, type Notices } from "./notices.ts";
import { putBack, takeOut } from "./places.ts";
import { numberIn } from "./profile.ts";
import type { Session } from "./session.ts";
import { panesOf } from "./split-tree.ts";
import { placeOf, type State, type Tab, type Window } from "./state.ts";
import type { Closed, Undo } from "./undo.ts";

export interface LeavingDeps {
  readonly state: State;
  readonly notices: Notices;
  readonly undo: Undo;
  readonly restart: (session: Session) => void;
}

/** Panes, tabs and windows close, and come back. */
export function createLeaving({ state, notices, undo, restart }: LeavingDeps) {
  /** Takes it from the layout at once; its sessions end when it can no longer be undone. */
  function leave(closed: Closed): void {
    undo.bury(closed);
    takeOut(state, closed);
    for (const window of state.windows) fitPanes(window);
    notices.layoutChanged();
    if (closed.what === "pane") notices.activate(closed.tab, closed.tab.active);
    if (closed.what === "tab") notices.select(closed.window, closed.window.current, state.key === closed.window);
    if (closed.what === "window") notices.focusChanged(keyWindow(state.key));
  }

  const closeWindow = (window: Window) => leave({ what: "window", window });

  function closeTab(window: Window, tab: Tab): void {
    if (window.tabs.length === 1) closeWindow(window);
    else leave({ what: "tab", window, tab });
  }

  function close(session: Session): void {
    const place = placeOf(state, session);
    if (!place) leave({ what: "buried", session });
    else if (panesOf(place.tab.root).length === 1) closeTab(place.window, place.tab);
    else leave({ what: "pane", ...place, session });
  }

  return {
    close,
    closeTab,
    closeWindow,
    /** Its process ended by itself. */
    ended(session: Session): void {
      if (undo.holds(session)) return;
      notices.tell({ is: "session.terminated", id: session.id });
      const onEnd = numberIn(session.profile, "Close Sessions On End");
      if (onEnd === 1) close(session);
      else if (onEnd === 2) restart(session);
      else session.screen.feed("\r\n\x1b[7m Session Ended \x1b[m");
    },
    /** Brings back what was closed last, with its sessions' ids; undefined when there is nothing. */
    undoClose(): Session[] | undefined {
      const closed = undo.revive();
      if (!closed) return undefined;
      const { window, tab, sessions } = putBack(state, closed);
      for (const { id } of sessions) notices.tell({ is: "session.new", id });
      fitPanes(window);
      notices.layoutChanged();
      notices.select(window, tab);
      return sessions;
    },
  };
}
