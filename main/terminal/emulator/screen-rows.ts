import type { IBuffer, IBufferCell, IBufferLine } from "@xterm/headless";
import type { Run } from "../../../contract/screen.ts";

/** How a cell looks; two cells with equal numbers belong to one run. */
interface Look {
  fgMode: number;
  fg: number;
  bgMode: number;
  bg: number;
  flags: number;
}

const flagNames = ["bold", "dim", "italic", "underline", "inverse", "strike"] as const;
/** Marks that show on a blank cell too. */
const visibleOnBlank =
  (1 << flagNames.indexOf("underline")) | (1 << flagNames.indexOf("inverse")) | (1 << flagNames.indexOf("strike"));

/** The visible part of a terminal's buffer: `rows` rows of runs, blank ends left out, a wide character as one character. */
export function readRows(buffer: IBuffer, cols: number, rows: number): Run[][] {
  const cell = buffer.getNullCell();
  return Array.from({ length: rows }, (_, row) => {
    const line = buffer.getLine(buffer.baseY + row);
    return line ? readRow(line, Math.min(cols, line.length), cell) : [];
  });
}

function readRow(line: IBufferLine, cols: number, cell: IBufferCell): Run[] {
  const runs: Run[] = [];
  let last: Look | undefined;
  let text = "";
  const end = endOf(line, cols, cell);
  for (let col = 0; col < end; col++) {
    line.getCell(col, cell);
    const chars = charsOf(cell);
    if (chars === "") continue;
    const look = lookOf(cell);
    if (last && !sameLook(last, look)) {
      runs.push(toRun(text, last));
      text = "";
    }
    last = look;
    text += chars;
  }
  if (last) runs.push(toRun(text, last));
  return runs;
}

/** One past the last cell that shows something. */
function endOf(line: IBufferLine, cols: number, cell: IBufferCell): number {
  for (let end = cols; end > 0; end--) {
    line.getCell(end - 1, cell);
    if (!isBlank(cell)) return end;
  }
  return 0;
}

function isBlank(cell: IBufferCell): boolean {
  const chars = cell.getChars();
  if (cell.getWidth() === 0 && chars === "") return false;
  if (chars.trim() !== "" && !cell.isInvisible()) return false;
  return cell.isBgDefault() && (flagsOf(cell) & visibleOnBlank) === 0;
}

/** "" for the second half of a wide character. */
function charsOf(cell: IBufferCell): string {
  const width = cell.getWidth();
  const chars = cell.getChars();
  if (cell.isInvisible()) return " ".repeat(width);
  if (width === 0) return chars;
  return chars === "" ? " " : chars;
}

function flagsOf(cell: IBufferCell): number {
  return (
    (cell.isBold() ? 1 : 0) |
    (cell.isDim() ? 2 : 0) |
    (cell.isItalic() ? 4 : 0) |
    (cell.isUnderline() ? 8 : 0) |
    (cell.isInverse() ? 16 : 0) |
    (cell.isStrikethrough() ? 32 : 0)
  );
}

function lookOf(cell: IBufferCell): Look {
  return {
    fgMode: cell.getFgColorMode(),
    fg: cell.getFgColor(),
    bgMode: cell.getBgColorMode(),
    bg: cell.getBgColor(),
    flags: flagsOf(cell),
  };
}

const sameLook = (a: Look, b: Look) =>
  a.flags === b.flags && a.fg === b.fg && a.bg === b.bg && a.fgMode === b.fgMode && a.bgMode === b.bgMode;

function toRun(text: string, look: Look): Run {
  const fg = colour(look.fgMode, look.fg);
  const bg = colour(look.bgMode, look.bg);
  const marks = flagNames.filter((_, bit) => look.flags & (1 << bit));
  return {
    text,
    ...(fg === undefined ? {} : { fg }),
    ...(bg === undefined ? {} : { bg }),
    ...Object.fromEntries(marks.map((mark) => [mark, true])),
  };
}

/** xterm's colour modes: 0 the default, 3 << 24 a true colour, else the palette. */
function colour(mode: number, value: number): number | string | undefined {
  if (mode === 0) return undefined;
  if (mode === 3 << 24) return `#${value.toString(16).padStart(6, "0")}`;
  return value;
}
