import { fitPanes, hasRoom } from "./geometry.ts";
import type { Notices } from "./notices.ts";
import { numberIn, type Profile } from "./profile.ts";
import { createSession, launch, type Session, type SessionEars, type Surroundings } from "./session.ts";
import { insert, panesOf, remove, replace, rootOf } from "./split-tree.ts";
import { addWindow, newId, newTab, placeOf, type State, type Window } from "./state.ts";

export interface NewTab {
  readonly profile: Profile;
  /** Absent: a new window. */
  readonly window?: Window | undefined;
  readonly index?: number | undefined;
  readonly select?: boolean | undefined;
}

export interface MakingDeps {
  readonly state: State;
  readonly notices: Notices;
  readonly ears: SessionEars;
  readonly surroundings: Surroundings;
}

export type Making = ReturnType<typeof createMaking>;

const sizeOf = ({ screen: { cols, rows } }: Session) => ({ cols, rows });

/** Sessions come into being. Clients hear of a new one before it stands anywhere. */
export function createMaking({ state, notices, ears, surroundings }: MakingDeps) {
  function start(session: Session): void {
    const place = placeOf(state, session);
    const pane = place ? panesOf(place.tab.root).indexOf(session) : 0;
    const tab = place ? place.window.tabs.indexOf(place.tab) : 0;
    launch(session, ears, surroundings, `w${place?.window.number ?? 0}t${tab}p${pane}`);
  }

  return {
    start,
    /** In a tab of its own. Throws when it cannot be started. */
    open({ profile, window, index, select = true }: NewTab): Session {
      const size = window ?? { cols: numberIn(profile, "Columns") || 80, rows: numberIn(profile, "Rows") || 25 };
      const session = createSession(newId(), profile, size, ears);
      notices.tell({ is: "session.new", id: session.id });
      const tab = newTab(state, rootOf(session), session);
      const home = window ?? addWindow(state, tab, { cols: size.cols, rows: size.rows });
      if (window) window.tabs.splice(Math.min(index ?? window.tabs.length, window.tabs.length), 0, tab);
      notices.layoutChanged();
      if (select || !window) notices.select(home, tab);
      start(session);
      return session;
    },
    /** Undefined when there is no room, or the pane is buried. */
    split(target: Session, profile: Profile, how: { vertical: boolean; before: boolean }): Session | undefined {
      const place = placeOf(state, target);
      if (!place) return undefined;
      const { window, tab } = place;
      const session = createSession(newId(), profile, sizeOf(target), ears);
      insert(tab.root, target, session, how);
      if (!hasRoom(window, tab)) {
        remove(tab.root, session);
        return undefined;
      }
      notices.tell({ is: "session.new", id: session.id });
      fitPanes(window);
      notices.layoutChanged();
      if (tab.active === target) notices.activate(tab, session);
      start(session);
      return session;
    },
    /** A new session in the same pane, with the old one's variables; returns it. Nothing tells its id. */
    restart(old: Session): Session {
      const session = createSession(newId(), old.profile, sizeOf(old), ears, old);
      const place = placeOf(state, old);
      if (place) {
        replace(place.tab.root, old, session);
        if (place.tab.active === old) place.tab.active = session;
      }
      if (!old.hasEnded) {
        const { process } = old;
        Object.assign(old, { process: undefined, hasEnded: true });
        void process?.hangUp();
        notices.tell({ is: "session.terminated", id: old.id });
      }
      start(session);
      return session;
    },
    /** A session as it was before iTerm2 quit: the same id and profile, not yet started. */
    revive: (old: Session): Session => createSession(old.id, old.profile, sizeOf(old), ears),
  };
}
