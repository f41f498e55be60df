/** What of a keyboard event tells which key it was. */
export type Key = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

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

/** What a terminal sends for a key (xterm's codes); undefined for text, which comes as input, and for what stays with the browser. */
export function keyCodes(pressed: Key, onMac: boolean): string | undefined {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = pressed;
  // Both together are AltGr, which writes characters such as @.
  if (metaKey || (ctrlKey && altKey)) return undefined;
  // Ctrl-V pastes, as everywhere in a browser.
  if (ctrlKey) return /^[a-uw-z]$/i.test(key) ? String.fromCharCode(key.toLowerCase().charCodeAt(0) - 96) : undefined;
  if (key === "Tab" && shiftKey) return "\x1b[Z";
  const plain = named[key] ?? (isMeta(pressed, onMac) ? key : undefined);
  return plain !== undefined && altKey ? `\x1b${plain}` : plain;
}

/** On a Mac, Option writes characters: @, [ or \ on many keyboards. It is Meta only with a letter that it leaves as it is. */
const isMeta = ({ key, code, altKey }: Key, onMac: boolean): boolean =>
  altKey && /^[!-~]$/.test(key) && (!onMac || code === `Key${key.toUpperCase()}`);

/** What a terminal sends for pasted text: nothing in it acts as a key. */
export function pasteCodes(text: string): string {
  const printable = text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
  return `\x1b[200~${printable.replaceAll("\n", "\r")}\x1b[201~`;
}

/** Leaves the terminal, so that the keyboard is never caught in it. */
export const leaves = ({ key, ctrlKey }: Key): boolean => ctrlKey && key === "]";
