import type { Run } from "../../../contract/screen.ts";
import { widthOf } from "../emulator/grapheme-width.ts";

const marks = ["bold", "dim", "italic", "underline", "inverse", "strike"] as const;
type Mark = (typeof marks)[number];
type Style = Omit<Run, "text">;
/** `hidden` text is shown as blanks; `drawing` makes lines of letters (the DEC character set). */
interface Look {
  readonly style: Style;
  readonly hidden: boolean;
}

const plainLook: Look = { style: {}, hidden: false };
/** Style, link, line drawing on and off, tab: all that `capture-pane -e` writes besides text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how terminals write it
const sequence = /\x1b\[([\d;:]*)m|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|[\x0e\x0f\t]/g;
const tabStop = 8;

/** Rows as `tmux capture-pane -e -N` prints them, as runs; blank ends left out. A style goes on over the row's end, as tmux means it. */
export function readRows(rows: readonly string[]): Run[][] {
  let look = plainLook;
  let drawing = false;
  return rows.map((row) => {
    const line = createLine();
    let from = 0;
    const add = (end: number) => line.add(drawing ? drawn(row.slice(from, end)) : row.slice(from, end), look);
    for (const { 0: whole, 1: codes, index } of row.matchAll(sequence)) {
      add(index);
      from = index + whole.length;
      if (codes !== undefined) look = restyled(look, codes);
      else if (whole === "\t") line.tab(look);
      else if (whole.length === 1) drawing = whole === "\x0e";
    }
    add(row.length);
    return line.runs();
  });
}

function createLine() {
  const runs: Run[] = [];
  let last: Style | undefined;
  let text = "";

  function close(): void {
    if (last && text) runs.push({ text, ...last });
    text = "";
  }
  function add(more: string, { style, hidden }: Look): void {
    if (more === "") return;
    if (last !== style && !(last && sameStyle(last, style))) {
      close();
      last = style;
    }
    text += hidden ? " ".repeat(widthOf(more)) : more;
  }

  return {
    add,
    /** tmux 3.6 and later keep a tab as one character. */
    tab(look: Look): void {
      const col = widthOf(runs.map((run) => run.text).join("") + text);
      add(" ".repeat(tabStop - (col % tabStop)), look);
    },
    runs(): Run[] {
      close();
      return withoutBlankEnd(runs);
    },
  };
}

const sameStyle = (a: Style, b: Style) =>
  a.fg === b.fg && a.bg === b.bg && marks.every((mark) => Boolean(a[mark]) === Boolean(b[mark]));

const showsOnBlank = ({ bg, underline, inverse, strike }: Run) =>
  bg !== undefined || underline === true || inverse === true || strike === true;

function withoutBlankEnd(runs: Run[]): Run[] {
  for (let last = runs.pop(); last; last = runs.pop()) {
    const text = showsOnBlank(last) ? last.text : last.text.trimEnd();
    if (text !== "") return [...runs, { ...last, text }];
  }
  return [];
}

const markOn: Readonly<Record<number, Mark>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
  7: "inverse",
  9: "strike",
};
const markOff: Readonly<Record<number, readonly Mark[]>> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["strike"],
};

/** The look after "Select Graphic Rendition" with these codes. */
function restyled(look: Look, codes: string): Look {
  let { style, hidden } = look;
  const left = codes.split(";").map((code) => code.split(":").map(Number));
  for (let code = left.shift(); code; code = left.shift()) {
    const [first = 0, sub] = code;
    if (first === 0) [style, hidden] = [{}, false];
    else if (first === 8 || first === 28) hidden = first === 8;
    else if (first === 4 && sub === 0) style = without(style, ["underline"]);
    else if (markOn[first]) style = { ...style, [markOn[first]]: true };
    else if (markOff[first]) style = without(style, markOff[first]);
    else if (first === 38 || first === 48 || first === 58) {
      const colour = extended(code.length > 1 ? code.slice(1) : left.splice(0, left[0]?.[0] === 2 ? 4 : 2).flat());
      if (first !== 58 && colour !== undefined) style = { ...style, [first === 38 ? "fg" : "bg"]: colour };
    } else style = coloured(style, first);
  }
  return { style, hidden };
}

function without(style: Style, gone: readonly (keyof Style)[]): Style {
  return Object.fromEntries(Object.entries(style).filter(([key]) => !gone.some((name) => name === key)));
}

/** `5;n`, `2;r;g;b`, or with colons and an empty colour space `2::r:g:b`. */
function extended([kind, ...rest]: readonly number[]): number | string | undefined {
  if (kind === 5) return rest[0];
  if (kind !== 2) return undefined;
  return `#${rest
    .slice(-3)
    .map((part) => part.toString(16).padStart(2, "0"))
    .join("")}`;
}

/** The sixteen colours and the defaults. */
function coloured(style: Style, code: number): Style {
  if (code === 39) return without(style, ["fg"]);
  if (code === 49) return without(style, ["bg"]);
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 90 + 8 };
  return code >= 100 && code <= 107 ? { ...style, bg: code - 100 + 8 } : style;
}

/** What the DEC character set shows for the letters from "`" to "~". */
const lineDrawing = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";
const drawn = (text: string): string =>
  text.replace(/[`-~]/g, (letter) => lineDrawing[letter.charCodeAt(0) - "`".charCodeAt(0)] ?? letter);
