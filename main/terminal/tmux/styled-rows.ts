import type { Run } from "../../../contract/screen.ts";
import { widthOf } from "../emulator/grapheme-width.ts";
import { type Look, plainLook, restyled } from "./look.ts";

/** Style, link, line drawing on and off, tab: all that `capture-pane -e` writes besides text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how terminals write it
const sequence = /\x1b\[([\d;:]*)m|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|[\x0e\x0f\t]/g;
const tabStop = 8;

/** Where a row begins or ends: a style goes on over the row's end, as tmux means it. */
interface Pen {
  readonly look: Look;
  /** Letters are lines (the DEC character set). */
  readonly drawing: boolean;
}

interface ReadRow {
  readonly row: string;
  readonly from: Pen;
  readonly to: Pen;
  readonly runs: Run[];
}

const start: Pen = { look: plainLook, drawing: false };

/**
 * Reads rows as `tmux capture-pane -e -N` prints them: as runs, blank ends left out. It remembers the rows read last, and gives
 * the same runs for those that are the same.
 */
export function createRowReader(): (rows: readonly string[]) => Run[][] {
  let last: readonly ReadRow[] = [];
  return (rows) => {
    let pen = start;
    last = rows.map((row, index) => {
      const known = last[index];
      const isKnown = known?.row === row && known.from.look === pen.look && known.from.drawing === pen.drawing;
      const read = isKnown ? known : readRow(row, pen);
      pen = read.to;
      return read;
    });
    return last.map(({ runs }) => runs);
  };
}

function readRow(row: string, pen: Pen): ReadRow {
  let { look, drawing } = pen;
  const line = createLine();
  let from = 0;
  const add = (end: number) => line.add(drawing ? drawn(row.slice(from, end)) : row.slice(from, end), look);
  sequence.lastIndex = 0;
  for (let found = sequence.exec(row); found; found = sequence.exec(row)) {
    const [whole, codes] = found;
    add(found.index);
    from = sequence.lastIndex;
    if (codes !== undefined) look = restyled(look, codes);
    else if (whole === "\t") line.tab(look);
    else if (whole.length === 1) drawing = whole === "\x0e";
  }
  add(row.length);
  return { row, from: pen, to: { look, drawing }, runs: line.runs() };
}

function createLine() {
  const runs: Run[] = [];
  let last = plainLook;
  let text = "";

  function close(): void {
    if (text) runs.push({ text, ...last.style });
    text = "";
  }
  function add(more: string, look: Look): void {
    if (more === "") return;
    if (last.style !== look.style) close();
    last = look;
    text += look.hidden ? " ".repeat(widthOf(more)) : more;
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

const showsOnBlank = ({ bg, underline, inverse, strike }: Run) =>
  bg !== undefined || underline === true || inverse === true || strike === true;

function withoutBlankEnd(runs: Run[]): Run[] {
  for (let last = runs.pop(); last; last = runs.pop()) {
    const text = showsOnBlank(last) ? last.text : last.text.trimEnd();
    if (text === "") continue;
    runs.push({ ...last, text });
    break;
  }
  return runs;
}

/** What the DEC character set shows for the letters from "`" to "~". */
const lineDrawing = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";
const drawn = (text: string): string =>
  text.replace(/[`-~]/g, (letter) => lineDrawing[letter.charCodeAt(0) - "`".charCodeAt(0)] ?? letter);
