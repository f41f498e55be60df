import type { MainThread } from "./main-thread.ts";
import { numberIn } from "./profile.ts";
import type { Session } from "./session.ts";
import { panesOf } from "./split-tree.ts";
import { sessionsIn, type Tab, type Window } from "./state.ts";

/** What was closed, with the place it had. */
export type Closed =
  | { readonly what: "pane"; readonly window: Window; readonly tab: Tab; readonly session: Session }
  | { readonly what: "tab"; readonly window: Window; readonly tab: Tab }
  | { readonly what: "window"; readonly window: Window }
  | { readonly what: "buried"; readonly session: Session };

interface Grave {
  readonly closed: Closed;
  readonly sessions: readonly Session[];
  readonly timer: NodeJS.Timeout;
}

export type Undo = ReturnType<typeof createUndo>;

/** Closed panes: their processes go on unread for the profile's `Session Close Undo Timeout`, then they are hung up on. */
export function createUndo(main: MainThread, terminated: (session: Session) => void) {
  let graves: Grave[] = [];

  function finish(sessions: readonly Session[]): void {
    graves = graves.filter((grave) => grave.sessions !== sessions);
    for (const session of sessions) {
      const { process } = session;
      session.process = undefined;
      session.hasEnded = true;
      void process?.hangUp();
      terminated(session);
    }
  }

  return {
    bury(closed: Closed): void {
      const sessions = sessionsOf(closed);
      for (const session of sessions) session.process?.hold();
      const seconds = Math.max(...sessions.map(({ profile }) => numberIn(profile, "Session Close Undo Timeout")));
      const end = () => main.run(() => graves.some((grave) => grave.sessions === sessions) && finish(sessions));
      graves.push({ closed, sessions, timer: setTimeout(end, seconds * 1000) });
    },
    holds: (session: Session): boolean => graves.some(({ sessions }) => sessions.includes(session)),
    /** What was closed last, alive again. */
    revive(): Closed | undefined {
      const grave = graves.pop();
      if (!grave) return undefined;
      clearTimeout(grave.timer);
      for (const session of grave.sessions) session.process?.release();
      return grave.closed;
    },
    /** Everything in it; nothing can be undone any more. */
    clear(): Session[] {
      const all = graves.splice(0);
      for (const { timer } of all) clearTimeout(timer);
      return all.flatMap(({ sessions }) => [...sessions]);
    },
  };
}

function sessionsOf(closed: Closed): readonly Session[] {
  switch (closed.what) {
    case "window":
      return sessionsIn(closed.window);
    case "tab":
      return panesOf(closed.tab.root);
    case "pane":
    case "buried":
      return [closed.session];
  }
}
