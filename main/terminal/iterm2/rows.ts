import type { Run, Screen } from "../../../contract/screen.ts";
import {
  type CellStyle,
  CellStyle_Alternate,
  CellStyle_Image,
  type GetBufferResponse,
  type LineContents,
  type RgbColor,
} from "./wire/iterm2_pb.ts";

/** What a screen shows; the reader adds when, and the host how wide. */
export type Shown = Pick<Screen, "lines" | "cursor">;

/** A screen as iTerm2 tells it: a row of runs a line, blank ends left out. Before iTerm2 3.5.6 it tells no styles: plain text. */
export function toShown({ contents, cursor, windowedCoordRange }: GetBufferResponse): Shown {
  const first = windowedCoordRange?.coordRange?.start?.y ?? 0n;
  const row = Number((cursor?.y ?? first) - first);
  const isInside = cursor !== undefined && row >= 0 && row < contents.length;
  return { lines: contents.map(toRuns), cursor: isInside ? { row, col: cursor.x ?? 0 } : null };
}

type Look = Omit<Run, "text">;

export function toRuns(line: LineContents): Run[] {
  const runs: Run[] = [];
  const looks = looksOf(line.style);
  let text = "";
  let last: Look = plain;
  for (const { chars, column } of cellsOf(line)) {
    const { look, hidden } = looks(column);
    if (look !== last && !isSame(look, last)) {
      if (text !== "") runs.push({ text, ...last });
      text = "";
    }
    last = look;
    text += hidden ? " " : chars;
  }
  if (text !== "") runs.push({ text, ...last });
  return withoutBlankEnd(runs);
}

interface Cell {
  /** "" for the second half of a wide character. */
  readonly chars: string;
  readonly column: number;
}

/** Cells count UTF-16 units. A cell that was never written holds U+0000; one of no units goes on with the cell before it. */
function* cellsOf({ text = "", codePointsPerCell }: LineContents): Generator<Cell> {
  let at = 0;
  let column = 0;
  let before = "\t";
  for (const { numCodePoints = 1, repeats = 1 } of codePointsPerCell) {
    for (let turn = 0; turn < repeats; turn++, column++) {
      const raw = text.slice(at, at + numCodePoints);
      at += numCodePoints;
      yield { chars: raw === "" ? filler(before) : raw === "\t" || raw === "\0" ? " " : raw, column };
      before = raw;
    }
  }
  if (column === 0 && text !== "") yield { chars: text.replaceAll(/[\0\t]/g, " "), column };
}

/** Behind a tab or an image there are blank cells; behind any other character is its own second half. */
const filler = (before: string): string => (before === "\t" || before === "" ? " " : "");

interface Style {
  readonly look: Look;
  readonly hidden: boolean;
}

const plain: Look = {};
const unstyled: Style = { look: plain, hidden: false };

/** The style of a column; to be asked in order. */
function looksOf(styles: readonly CellStyle[]): (column: number) => Style {
  let next = 0;
  let end = 0;
  let current = unstyled;
  return (column) => {
    while (column >= end) {
      const style = styles[next++];
      if (!style) return unstyled;
      end += style.repeats ?? 1;
      current = toStyle(style);
    }
    return current;
  };
}

function toStyle(style: CellStyle): Style {
  const { foreground, background, bold, faint, italic, underline, inverse, strikethrough } = style;
  const fg = foreground.case === "fgStandard" || foreground.case === "fgRgb" ? colour(foreground.value) : undefined;
  const bg = background.case === "bgStandard" || background.case === "bgRgb" ? colour(background.value) : undefined;
  const isReversed = isReversedDefault(foreground) && isReversedDefault(background);
  const look = {
    ...(fg === undefined ? {} : { fg }),
    ...(bg === undefined ? {} : { bg }),
    ...(bold && { bold }),
    ...(faint && { dim: true }),
    ...(italic && { italic }),
    ...(underline && { underline }),
    ...((inverse || isReversed) && { inverse: true }),
    ...(strikethrough && { strike: true }),
  };
  return { look, hidden: Boolean(style.invisible) || (style.image ?? 0) !== CellStyle_Image.NONE };
}

const isReversedDefault = ({ value }: CellStyle["foreground"] | CellStyle["background"]) =>
  value === CellStyle_Alternate.REVERSED_DEFAULT;

function colour(value: number | RgbColor): number | string {
  if (typeof value === "number") return value;
  const { red = 0, green = 0, blue = 0 } = value;
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`;
}

const marks = ["fg", "bg", "bold", "dim", "italic", "underline", "inverse", "strike"] as const;
const isSame = (a: Look, b: Look) => marks.every((mark) => a[mark] === b[mark]);

function withoutBlankEnd(runs: Run[]): Run[] {
  for (let last = runs.pop(); last; last = runs.pop()) {
    const showsBlank = last.bg !== undefined || last.underline || last.inverse || last.strike;
    const text = showsBlank ? last.text : last.text.trimEnd();
    if (text !== "") return [...runs, { ...last, text }];
  }
  return [];
}
