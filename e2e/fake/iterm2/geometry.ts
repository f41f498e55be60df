import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ListSessionsResponseSchema,
  SessionSummarySchema,
  SplitTreeNodeSchema,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import type { Session } from "./session.ts";
import { type Area, areasOf, grow, type Node } from "./split-tree.ts";
import type { State, Tab, Window } from "./state.ts";

/** Points of a cell, and what a window has around its grid. */
const cell = { width: 7, height: 15 };
const frameOf = { width: 10, height: 38 };

/** The fewest cells that a pane may have in each direction. */
const fewest = 2;

const whole = ({ cols, rows }: Window): Area => ({ col: 0, row: 0, cols, rows });
const areasIn = (window: Window, tab: Tab) => areasOf(tab.root, whole(window));

/** Gives every pane of a window the size that its place has. */
export function fitPanes(window: Window): void {
  for (const tab of window.tabs) {
    for (const [session, { cols, rows }] of areasIn(window, tab)) {
      if (session.screen.cols === cols && session.screen.rows === rows) continue;
      session.screen.resize(cols, rows);
      session.process?.resize(cols, rows);
    }
  }
}

/** Whether all panes of a tab still have room. */
export const hasRoom = (window: Window, tab: Tab): boolean =>
  [...areasIn(window, tab).values()].every(({ cols, rows }) => cols >= fewest && rows >= fewest);

/** Gives one pane this size: its window grows or shrinks with it. */
export function resizePane(window: Window, tab: Tab, session: Session, size: { cols: number; rows: number }): void {
  const before = areasIn(window, tab);
  const old = before.get(session);
  if (!old) return;
  grow(tab.root, session, true, before, size.cols - old.cols);
  grow(tab.root, session, false, before, size.rows - old.rows);
  window.cols += size.cols - old.cols;
  window.rows += size.rows - old.rows;
  fitPanes(window);
}

export const windowFrame = (window: Window) => ({
  origin: { ...window.origin },
  size: { width: window.cols * cell.width + frameOf.width, height: window.rows * cell.height + frameOf.height },
});

/** The grid follows the frame, in whole cells. */
export function setFrame(window: Window, { origin, size }: ReturnType<typeof windowFrame>): void {
  window.origin = { ...origin };
  window.cols = Math.max(fewest, Math.floor((size.width - frameOf.width) / cell.width));
  window.rows = Math.max(fewest, Math.floor((size.height - frameOf.height) / cell.height));
  fitPanes(window);
}

type Summary = MessageInitShape<typeof SessionSummarySchema>;

function summary(session: Session, area?: Area): Summary {
  const named = { uniqueIdentifier: session.id, title: session.autoName };
  if (!area) return named;
  const origin = { x: area.col * cell.width, y: area.row * cell.height };
  const size = { width: area.cols * cell.width, height: area.rows * cell.height };
  return { ...named, frame: { origin, size }, gridSize: { width: area.cols, height: area.rows } };
}

function treeOf(node: Node<Session>, areas: Map<Session, Area>): MessageInitShape<typeof SplitTreeNodeSchema> {
  const children = node.is === "pane" ? [node] : node.children;
  const links = children.map((child) => ({
    child:
      child.is === "pane"
        ? { case: "session" as const, value: summary(child.pane, areas.get(child.pane)) }
        : { case: "node" as const, value: treeOf(child, areas) },
  }));
  return { vertical: node.is === "split" && node.vertical, links };
}

/** All windows with their tabs and panes, as iTerm2 tells them. */
export const layoutOf = (state: State): MessageInitShape<typeof ListSessionsResponseSchema> => ({
  windows: state.windows.map((window) => ({
    windowId: window.id,
    number: window.number,
    frame: windowFrame(window),
    tabs: window.tabs.map((tab) => ({
      tabId: tab.id,
      root: treeOf(tab.root, areasIn(window, tab)),
      tmuxWindowId: "-1",
    })),
  })),
  buriedSessions: state.buried.map((session) => summary(session)),
});
