/** What of a keyboard event tells which key it was. */
export type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

const named: Readonly<Record<string, string>> = {
  Enter: "\r",
  Tab: "\t",
  Escape: "\x1b",
  Backspace: "\x7f",
  Delete: "\x1b[3~",
  ArrowUp: "\x1b[A",
  ArrowDown: "\x1b[B",
  ArrowRight: "\x1b[C",
  ArrowLeft: "\x1b[D",
  Home: "\x1b[H",
  End: "\x1b[F",
  PageUp: "\x1b[5~",
  PageDown: "\x1b[6~",
};

/** What a terminal sends for a key (xterm's codes); undefined for keys that stay with the browser. */
export function keyCodes({ key, ctrlKey, altKey, shiftKey, metaKey }: Key): string | undefined {
  if (metaKey) return undefined;
  if (key === "Tab" && shiftKey) return "\x1b[Z";
  const plain = named[key] ?? ([...key].length === 1 ? key : undefined);
  if (plain === undefined) return undefined;
  if (ctrlKey) return /^[a-z]$/i.test(key) ? String.fromCharCode(key.toLowerCase().charCodeAt(0) - 96) : undefined;
  return altKey ? `\x1b${plain}` : plain;
}

/** Leaves the terminal, so that the keyboard is never caught in it. */
export const leaves = ({ key, ctrlKey }: Key): boolean => ctrlKey && key === "]";
