import type { Key } from "./keys.ts";

/** The input box. The cursor stands at its end. */
export interface Box {
  readonly text: string;
  /** Put aside by Ctrl-S; comes back after the next prompt. */
  readonly stash: string | null;
  /** One Esc was pressed: the next empties the box. */
  readonly armed: boolean;
}

export const emptyBox: Box = { text: "", stash: null, armed: false };

/** The box after a key that only edits; pure. */
export function edit(box: Box, key: Key): Box {
  const text = edited(box, key);
  if (key.is === "control" && key.letter === "s") return stashed(box);
  if (key.is === "escape")
    return box.text && box.armed ? { ...box, text: "", armed: false } : { ...box, armed: box.text !== "" };
  return { ...box, text, armed: false };
}

/** After its text was submitted. */
export const submitted = (box: Box): Box => ({ text: box.stash ?? "", stash: null, armed: false });

const stashed = (box: Box): Box =>
  box.text ? { ...box, stash: box.text, text: "", armed: false } : { ...box, text: box.stash ?? "", stash: null };

function edited({ text }: Box, key: Key): string {
  if (key.is === "char") return text + key.text;
  if (key.is === "paste") return text + pasted(key.text);
  if (key.is === "newline") return `${text}\n`;
  if (key.is === "backspace") return [...text].slice(0, -1).join("");
  if (key.is === "control" && key.letter === "u") return withoutLine(text);
  if (key.is === "control" && key.letter === "c") return "";
  return text;
}

/** Ctrl-U takes the text of the last line, and on an empty line the line itself. */
const withoutLine = (text: string) =>
  text.endsWith("\n") ? text.slice(0, -1) : text.slice(0, text.lastIndexOf("\n") + 1);

/** What Claude Code 2.1.330 makes of a paste: clean lines; a large one is marked as coming from elsewhere. */
function pasted(raw: string): string {
  const text = raw
    .replace(/\r\n?/g, "\n")
    .replaceAll("\t", "    ")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0009\u000b-\u001f\u007f]/g, "")
    .normalize("NFC");
  const large = text.length > 800 || text.split("\n").length > 3;
  return large ? `\n\n<pasted_content id="demo">\n${text}\n</pasted_content>` : text;
}
