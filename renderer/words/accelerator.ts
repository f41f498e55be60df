/** What of a keyboard event makes a shortcut. */
type Pressed = Pick<KeyboardEvent, "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">;

const named: Readonly<Record<string, string>> = {
  Space: "Space",
  Enter: "Enter",
  Tab: "Tab",
  ArrowUp: "Up",
  ArrowDown: "Down",
  ArrowLeft: "Left",
  ArrowRight: "Right",
  Minus: "-",
  Equal: "=",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Backquote: "`",
};

/**
 * The pressed keys as Electron writes them (`Alt+Space`); undefined until a modifier and a key are down. By place on the keyboard,
 * since ⌥ changes letters. Electron has no Command but on a Mac.
 */
export function acceleratorOf(pressed: Pressed, mac: boolean): string | undefined {
  const { code, ctrlKey, altKey, shiftKey, metaKey } = pressed;
  const key = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? (/^F\d{1,2}$/.test(code) ? code : named[code]);
  const meta = mac ? "Command" : "Super";
  const modifiers = [metaKey && meta, ctrlKey && "Control", altKey && "Alt", shiftKey && "Shift"].filter(Boolean);
  // Shift alone would take a letter away from every other program.
  if (!key || !(metaKey || ctrlKey || altKey)) return undefined;
  return [...modifiers, key].join("+");
}

const signs: Readonly<Record<string, string>> = { Command: "⌘", Control: "⌃", Alt: "⌥", Shift: "⇧" };

/** `Alt+Space` as a Mac shows it: `⌥ Space`. */
export const shortcutWords = (accelerator: string): string =>
  accelerator
    .split("+")
    .map((part) => signs[part] ?? part)
    .join(" ");
