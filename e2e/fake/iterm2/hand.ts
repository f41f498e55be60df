import { setActive } from "./calls-focus.ts";
import type { Desk } from "./desk.ts";
import { fitPanes } from "./geometry.ts";
import type { Happening } from "./happening.ts";
import type { MainThread } from "./main-thread.ts";
import type { Session } from "./session.ts";
import { allSessions, findSession, findTab, findWindow, placeOf, type State } from "./state.ts";

export interface HandDeps {
  readonly state: State;
  readonly desk: Desk;
  readonly main: MainThread;
  readonly tell: (happening: Happening) => void;
}

export type Hand = ReturnType<typeof createHand>;

/** What the person does at the keyboard. Everything waits for its turn on the main thread; an unknown id rejects. */
export function createHand({ state, desk, main, tell }: HandDeps) {
  const does = <Value>(act: () => Value): Promise<Value> =>
    new Promise((done, failed) => {
      main.run(() => {
        try {
          done(act());
        } catch (cause) {
          failed(cause);
        }
      });
    });
  const session = (id: string) => need(findSession(state, id), id);
  const profile = () => need(state.profiles[0], "default profile");

  return {
    /** Return the new session's id. */
    openWindow: () => does(() => desk.open({ profile: profile() }).id),
    openTab: (windowId: string) =>
      does(() => desk.open({ profile: profile(), window: need(findWindow(state, windowId), windowId) }).id),
    split: (id: string, how: { vertical: boolean; before?: boolean }) =>
      does(() => need(desk.split(session(id), profile(), { before: false, ...how }), `room beside ${id}`).id),

    closePane: (id: string) => does(() => desk.close(session(id))),
    closeTab: (id: string) =>
      does(() => {
        const { window, tab } = need(findTab(state, id), id);
        desk.closeTab(window, tab);
      }),
    closeWindow: (id: string) => does(() => desk.closeWindow(need(findWindow(state, id), id))),
    /** Returns the sessions that came back. */
    undoClose: () => does(() => need(desk.undoClose(), "anything closed").map(({ id }) => id)),
    /** Returns the id that the pane has now. */
    restart: (id: string) => does(() => desk.restart(session(id)).id),

    moveTabToNewWindow: (id: string) =>
      does(() => {
        const { window, tab } = need(findTab(state, id), id);
        desk.moveToNewWindow(window, tab);
      }),
    bury: (id: string) => does(() => desk.bury(session(id))),
    disinter: (id: string) => does(() => desk.disinter(session(id))),
    /** Drags the window's corner, to this many cells. */
    resizeWindow: (id: string, cols: number, rows: number) =>
      does(() => {
        const window = need(findWindow(state, id), id);
        Object.assign(window, { cols, rows });
        fitPanes(window);
        desk.layoutChanged();
      }),

    type: (id: string, text: string) =>
      does(() => {
        session(id).process?.write(text);
        tell({ is: "session.typed", id, characters: text });
      }),
    focus: (id: string) =>
      does(() => {
        const { window, tab } = need(placeOf(state, session(id)), id);
        desk.activate(tab, session(id));
        desk.select(window, tab);
      }),
    /** Brings iTerm2 before the other applications, or another one before it. */
    activateApp: (isActive: boolean) => does(() => setActive({ state, desk }, isActive)),

    /** What is on the screen, rows joined by line feeds, blank ends left out; what was never written reads as a blank. */
    read: (id: string) => read(session(id)),
    sessions: (): string[] => allSessions(state).map(({ id }) => id),
  };
}

function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`iTerm2's simulator has no ${what}`);
  return value;
}

async function read({ screen }: Session): Promise<string> {
  await screen.settled();
  const top = screen.overflow + screen.history;
  const rows = screen.lines(top, top + screen.rows);
  return rows
    .map(({ text = "" }) => text.replaceAll("\0", " "))
    .join("\n")
    .trimEnd();
}
