import type { ListSessionsResponse, SessionSummary, SplitTreeNode } from "./wire/iterm2_pb.ts";

/** iTerm2's windows as far as placing needs them. */
export interface Layout {
  readonly windows: readonly Window[];
  /** Hidden by the person; they live on. */
  readonly buried: readonly string[];
}

export interface Window {
  readonly id: string;
  readonly tabs: readonly Tab[];
}

export interface Tab {
  readonly id: string;
  readonly root: Split;
  /** Panes hidden while one of the tab fills it. */
  readonly hidden: readonly string[];
}

export interface Split {
  /** Its parts stand side by side. */
  readonly vertical: boolean;
  readonly parts: readonly (Split | Pane)[];
}

export interface Pane {
  readonly session: string;
  readonly cols: number;
  readonly rows: number;
}

/** Windows without tabs, which iTerm2 3.5 and 3.6 list now and then, are left out. */
export function toLayout(listed: ListSessionsResponse): Layout {
  const windows = listed.windows.map(({ windowId, tabs }) => ({
    id: windowId ?? "",
    tabs: tabs.map(({ tabId, root, minimizedSessions }) => ({
      id: tabId ?? "",
      root: toSplit(root),
      hidden: minimizedSessions.map(idOf),
    })),
  }));
  return { windows: windows.filter(({ tabs }) => tabs.length > 0), buried: listed.buriedSessions.map(idOf) };
}

const idOf = ({ uniqueIdentifier }: SessionSummary): string => uniqueIdentifier ?? "";

function toSplit(node: SplitTreeNode | undefined): Split {
  const parts = (node?.links ?? []).flatMap(({ child }): (Split | Pane)[] => {
    if (child.case === "node") return [toSplit(child.value)];
    if (child.case !== "session") return [];
    const { width, height } = child.value.gridSize ?? {};
    return [{ session: idOf(child.value), cols: width ?? 0, rows: height ?? 0 }];
  });
  return { vertical: node?.vertical ?? false, parts };
}

export function panesOf(split: Split): Pane[] {
  return split.parts.flatMap((part) => ("session" in part ? [part] : panesOf(part)));
}

export function sessionsOf(tab: Tab): string[] {
  return [...panesOf(tab.root).map(({ session }) => session), ...tab.hidden];
}

/** Every session there is, with its size where it is shown. */
export function allSessions({ windows, buried }: Layout): Map<string, Pane | undefined> {
  const tabs = windows.flatMap((window) => window.tabs);
  const hidden = [...buried, ...tabs.flatMap((tab) => tab.hidden)];
  return new Map([
    ...hidden.map((session) => [session, undefined] as const),
    ...tabs.flatMap(({ root }) => panesOf(root)).map((pane) => [pane.session, pane] as const),
  ]);
}
