import type { Delays, Happening } from "./happening.ts";
import { createLeaving } from "./leaving.ts";
import type { MainThread } from "./main-thread.ts";
import { createMaking } from "./making.ts";
import { createNotices } from "./notices.ts";
import { bury, disinter, moveToNewWindow } from "./places.ts";
import { createRepaint } from "./repaint.ts";
import type { Session, SessionEars, Surroundings } from "./session.ts";
import { panesOf } from "./split-tree.ts";
import type { State, Tab, Window } from "./state.ts";
import { createUndo } from "./undo.ts";

export interface DeskDeps {
  readonly state: State;
  readonly main: MainThread;
  readonly delays: Delays;
  readonly surroundings: Surroundings;
  readonly tell: (happening: Happening) => void;
  /** A variable may have another value. */
  readonly varied: () => void;
}

export type Desk = ReturnType<typeof createDesk>;

/** What iTerm2 does with windows, tabs and panes, whoever asks for it: a client or the person. */
export function createDesk({ state, main, delays, surroundings, tell, varied }: DeskDeps) {
  const isInSight = (session: Session) => state.windows.some(({ current }) => panesOf(current.root).includes(session));
  const drawn = ({ id }: Session) => main.run(() => tell({ is: "session.drawn", id }));
  const ears: SessionEars = {
    drawn: createRepaint(delays, isInSight, drawn).dirty,
    custom: ({ id }, identity, payload) => main.run(() => tell({ is: "session.custom", id, identity, payload })),
    changed: varied,
    ended: (session) => main.run(() => leaving.ended(session)),
  };
  const notices = createNotices(state, main, tell);
  const undo = createUndo(main, ({ id }) => tell({ is: "session.terminated", id }));
  const { open, split, restart, revive, start } = createMaking({ state, notices, ears, surroundings });
  const leaving = createLeaving({ state, notices, undo, restart });
  const { close, closeTab, closeWindow, undoClose } = leaving;
  const { select, activate, layoutChanged, focusChanged } = notices;

  return {
    ...{ open, split, restart, revive, start, close, closeTab, closeWindow, undoClose },
    ...{ select, activate, layoutChanged, focusChanged },
    /** Everything that was closed and has not ended; it cannot come back any more. */
    forgetClosed: undo.clear,
    bury(session: Session): void {
      if (bury(state, session)) layoutChanged();
    },
    disinter(session: Session): void {
      if (disinter(state, session)) layoutChanged();
    },
    moveToNewWindow(window: Window, tab: Tab): void {
      const moved = moveToNewWindow(state, window, tab);
      layoutChanged();
      if (moved) select(moved, tab);
    },
    dropEmptyWindows(): void {
      state.windows = state.windows.filter(({ tabs }) => tabs.length > 0);
      layoutChanged();
    },
  };
}
