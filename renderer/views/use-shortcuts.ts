import { useEffect } from "react";
import { flushSync } from "react-dom";
import { groupBy, select, show, showDialog, usePanel } from "../store.ts";
import { nextInNeed } from "../words/groups.ts";
import { rowFor, type Shortcut, shortcutFor } from "../words/shortcuts.ts";
import { shownGroups } from "./team/shown.ts";

/** The panel's keys, wherever the focus is; whoever used a key already has prevented its default. */
export function useShortcuts(): void {
  useEffect(() => {
    addEventListener("keydown", act);
    return () => removeEventListener("keydown", act);
  }, []);
}

function act(event: KeyboardEvent): void {
  const { connection, dialog } = usePanel.getState();
  if (event.defaultPrevented || event.isComposing || dialog || connection.is === "refused") return;
  if (document.querySelector("dialog[open], :popover-open")) return;
  const row = rowFor(event);
  const shortcut = entersList(event) ? "list" : shortcutFor(event, isTyping(event.target));
  if (!shortcut && !row) return;
  event.preventDefault();
  if (shortcut) acts[shortcut](event);
  else if (row) openRow(row);
}

/** With the focus nowhere, the arrow keys begin in the list. */
const entersList = ({ key, target }: KeyboardEvent): boolean =>
  /^Arrow(Up|Down)$/.test(key) && target === document.body && !listIsHidden();

const openRow = (place: number) => document.querySelectorAll<HTMLElement>(".team button.row")[place - 1]?.click();

const acts: Readonly<Record<Shortcut, (event: KeyboardEvent) => void>> = {
  next: openNextInNeed,
  filter: () => inList("input[type=search]")?.focus(),
  spawn: () => showDialog("spawn"),
  group: () => groupBy(usePanel.getState().groupBy === "state" ? "repo" : "state"),
  activity: () => show("activity"),
  settings: () => show("settings"),
  help: () => showDialog("keys"),
  list: backToList,
  back: goBack,
  undo: () => document.querySelector<HTMLElement>("[data-undo]")?.click(),
};

/** Opens the next worker that asks, or else is unread. */
export function openNextInNeed(): void {
  const panel = usePanel.getState();
  const next = nextInNeed(
    shownGroups({ ...panel, filter: "" }),
    panel.place === "workers" ? panel.selected : undefined,
  );
  if (!next) return;
  flushSync(() => select(next));
  document.querySelector<HTMLElement>("main article")?.focus();
}

/** One level: out of a field, out of a page that took the list's place, out of the popover. */
function goBack({ target }: KeyboardEvent): void {
  const { place, selected } = usePanel.getState();
  if (isTyping(target) && document.activeElement === target) (target as HTMLElement).blur();
  else if (place !== "workers" && selected) show("workers");
  else if (place !== "workers" || listIsHidden()) backToList();
  // The popover goes; a browser's tab stays.
  else window.claudeTeam?.post({ kind: "dismiss" });
}

/** The focus goes to the row that is open, or the first. */
export function backToList(): void {
  const { selected } = usePanel.getState();
  flushSync(() => {
    if (listIsHidden()) select(undefined);
    show("workers");
  });
  (inList(`[data-worker="${selected}"]`) ?? inList("button.row"))?.focus();
}

const listIsHidden = () => !document.querySelector(".team")?.checkVisibility();
const inList = (selector: string) => document.querySelector<HTMLElement>(`.team ${selector}`);

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]");
