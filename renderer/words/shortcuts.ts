/** What of a keyboard event a shortcut depends on. */
export type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">;

export type Shortcut =
  | "next"
  | "filter"
  | "spawn"
  | "group"
  | "activity"
  | "settings"
  | "help"
  | "list"
  | "back"
  | "undo";

interface Line {
  /** As it is shown; ⌘ under its name on this system. */
  readonly keys: readonly string[];
  readonly does: string;
}

const single: ReadonlyMap<string, Shortcut> = new Map([
  ["n", "next"],
  ["/", "filter"],
  ["c", "spawn"],
  ["g", "group"],
  ["a", "activity"],
  ["s", "settings"],
  ["l", "list"],
  ["?", "help"],
  ["escape", "back"],
]);

/** Apple's own: the same keys as in every other app. */
const withCommand: ReadonlyMap<string, Shortcut> = new Map([
  ["n", "spawn"],
  [",", "settings"],
  ["f", "filter"],
]);
/** Left to the text while a person types. */
const notInText: ReadonlyMap<string, Shortcut> = new Map([["z", "undo"]]);

/** ⌘1 to ⌘9 open a row by its place, counted from 1; a browser keeps these keys for its tabs. */
export const rowFor = ({ key, ctrlKey, altKey, metaKey }: Pressed): number | undefined =>
  (metaKey || ctrlKey) && !altKey && /^[1-9]$/.test(key) ? Number(key) : undefined;

/** What a key means in the panel. While a person types, only ⌘ (or Ctrl) and Esc mean anything. */
export function shortcutFor({ key, ctrlKey, altKey, metaKey }: Pressed, typing: boolean): Shortcut | undefined {
  if (altKey) return undefined;
  if (metaKey || ctrlKey) return withCommand.get(key.toLowerCase()) ?? (typing ? undefined : notInText.get(key));
  if (typing && key !== "Escape") return undefined;
  return single.get(key.toLowerCase());
}

/** Every key of the panel, for the help. */
export const keyHelp: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: "Everywhere",
    lines: [
      { keys: ["N"], does: "The next worker that needs you, else the next unread one" },
      { keys: ["C"], does: "New worker" },
      { keys: ["/"], does: "Filter the list" },
      { keys: ["L"], does: "To the list" },
      { keys: ["A"], does: "Activity" },
      { keys: ["S"], does: "Settings" },
      { keys: ["Esc"], does: "Back; leaves a field first" },
      { keys: ["⌘", "Z"], does: "Bring back the worker that you closed just now" },
    ],
  },
  {
    title: "In the list",
    lines: [
      { keys: ["↑", "↓"], does: "Move; Home and End jump" },
      { keys: ["Return"], does: "Open" },
      { keys: ["Space"], does: "A glance at its last words and its screen; it stays unread" },
      { keys: ["⌘", "1–9"], does: "Open by its place (in the app)" },
      { keys: ["Delete"], does: "Take an ended worker off the list" },
      { keys: ["G"], does: "Group by state or by repository" },
    ],
  },
  {
    title: "On the page of a worker",
    lines: [
      { keys: ["⌘", "F"], does: "Search its conversation" },
      { keys: ["←", "→"], does: "Between conversation and terminal, on their names" },
      { keys: ["Ctrl", "]"], does: "Out of the terminal while you type in it" },
    ],
  },
  {
    title: "While you write",
    lines: [
      { keys: ["Return"], does: "Send" },
      { keys: ["Shift", "Return"], does: "New line" },
      { keys: ["⌘", "Return"], does: "Interrupt and send" },
    ],
  },
];
