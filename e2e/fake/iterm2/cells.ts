import type { MessageInitShape } from "@bufbuild/protobuf";
import type { IBufferCell, IBufferLine } from "@xterm/headless";
import {
  CellStyle_Alternate as Alternate,
  type CellStyleSchema,
  LineContents_Continuation as Continuation,
  type LineContentsSchema,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";

/** Only what is told, without the name of its type. */
export type Line = Omit<Exclude<MessageInitShape<typeof LineContentsSchema>, { $typeName: string }>, "$typeName">;
type Style = MessageInitShape<typeof CellStyleSchema>;

const rgbMode = 3 << 24;
const marks = [
  ["bold", "isBold"],
  ["faint", "isDim"],
  ["italic", "isItalic"],
  ["blink", "isBlink"],
  ["underline", "isUnderline"],
  ["strikethrough", "isStrikethrough"],
  ["invisible", "isInvisible"],
  ["inverse", "isInverse"],
] as const;

/** A row that does not exist, or nothing was written to. */
export const emptyLine: Line = { text: "", continuation: Continuation.HARD_EOL };

/**
 * A row as iTerm2 tells it: cells up to the last one that was written, those never written in between as U+0000; the second half
 * of a wide character has no code points. `next`: the row below, when it continues this one.
 */
export function readLine(line: IBufferLine, cols: number, next: IBufferLine | undefined, cell: IBufferCell): Line {
  const counts = createRuns<number>();
  const styles = createRuns<string>();
  const looks = new Map<string, Style>();
  const end = endOf(line, cols, cell);
  let text = "";
  for (let col = 0; col < end; col++) {
    line.getCell(col, cell);
    const chars = cell.getWidth() === 0 ? "" : cell.getChars() || "\0";
    text += chars;
    counts.add(chars.length);
    const key = keyOf(cell);
    if (!looks.has(key)) looks.set(key, styleOf(cell));
    styles.add(key);
  }
  if (next && end === cols - 1 && startsWide(next, cell)) {
    counts.add(0);
    styles.add(styles.last);
  }
  return {
    text,
    codePointsPerCell: counts.all.map(([numCodePoints, repeats]) => ({ numCodePoints, repeats })),
    continuation: next ? Continuation.SOFT_EOL : Continuation.HARD_EOL,
    style: styles.all.map(([key, repeats]) => ({ ...looks.get(key), repeats })),
  };
}

function endOf(line: IBufferLine, cols: number, cell: IBufferCell): number {
  for (let end = Math.min(cols, line.length); end > 0; end--) {
    line.getCell(end - 1, cell);
    if (cell.getChars() !== "" || cell.getWidth() === 0) return end;
  }
  return 0;
}

/** Then the column left over in the row above had no room for it. */
function startsWide(next: IBufferLine, cell: IBufferCell): boolean {
  next.getCell(0, cell);
  return cell.getWidth() === 2;
}

const keyOf = (cell: IBufferCell): string =>
  `${cell.getFgColorMode()},${cell.getFgColor()},${cell.getBgColorMode()},${cell.getBgColor()},${marks.map(([, is]) => (cell[is]() ? 1 : 0))}`;

function styleOf(cell: IBufferCell): Style {
  const on = marks.filter(([, is]) => cell[is]()).map(([name]) => [name, true]);
  return { foreground: foregroundOf(cell), background: backgroundOf(cell), ...Object.fromEntries(on) };
}

function foregroundOf(cell: IBufferCell): NonNullable<Style["foreground"]> {
  if (cell.isFgDefault()) return { case: "fgAlternate", value: Alternate.DEFAULT };
  if (cell.getFgColorMode() === rgbMode) return { case: "fgRgb", value: rgb(cell.getFgColor()) };
  return { case: "fgStandard", value: cell.getFgColor() };
}

function backgroundOf(cell: IBufferCell): NonNullable<Style["background"]> {
  if (cell.isBgDefault()) return { case: "bgAlternate", value: Alternate.DEFAULT };
  if (cell.getBgColorMode() === rgbMode) return { case: "bgRgb", value: rgb(cell.getBgColor()) };
  return { case: "bgStandard", value: cell.getBgColor() };
}

const rgb = (value: number) => ({ red: value >> 16, green: (value >> 8) & 0xff, blue: value & 0xff });

/** Run lengths of equal values in the order they come. */
function createRuns<Value>() {
  const all: [Value, number][] = [];
  return {
    all,
    get last(): Value {
      return (all.at(-1) as [Value, number])[0];
    },
    add(value: Value): void {
      const run = all.at(-1);
      if (run && run[0] === value) run[1]++;
      else all.push([value, 1]);
    },
  };
}
