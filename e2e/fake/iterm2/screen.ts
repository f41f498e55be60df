// A CommonJS package: Node finds no named exports in it.

import headless from "@xterm/headless";
import { graphemeWidths } from "../../../main/terminal/emulator/grapheme-width.ts";
import { emptyLine, type Line, readLine } from "./cells.ts";
import { type Inside, storeTabs } from "./xterm-inside.ts";

/** What a session shows, with its history. Lines are numbered from the first one ever. */
export interface SessionScreen {
  feed(output: string): void;
  /** Everything fed so far is drawn. */
  settled(): Promise<void>;
  /** Characters fed and not drawn yet. */
  readonly pending: number;
  resize(cols: number, rows: number): void;
  readonly cols: number;
  readonly rows: number;
  /** Lines that fell out of the history. */
  readonly overflow: number;
  /** Lines above the screen that are still kept. */
  readonly history: number;
  /** x may equal the width; y counts from the first line ever. */
  readonly cursor: { readonly x: number; readonly y: number };
  readonly isAlternate: boolean;
  /** Those of the lines from `start` up to `end`, exclusive, that still exist. */
  lines(start: number, end: number): Line[];
  onDrawn(listener: () => void): void;
  /** Hears an operating system command (OSC) of this number. */
  onCommand(number: number, listener: (text: string) => void): void;
}

const widths = graphemeWidths();

/** `answer`: what the terminal answers to the program's questions. */
export function createScreen(
  size: { cols: number; rows: number },
  scrollback: number,
  answer: (text: string) => void,
): SessionScreen {
  const terminal = new headless.Terminal({ ...size, scrollback, allowProposedApi: true, logLevel: "off" });
  terminal.unicode.register(widths);
  terminal.unicode.activeVersion = widths.version;
  terminal.onData(answer);
  terminal.parser.registerCsiHandler({ prefix: ">", final: "q" }, () => {
    answer("\x1bP>|iTerm2 3.6.11\x1b\\");
    return true;
  });
  const inside = terminal as unknown as Inside;
  storeTabs(inside);
  const trimmed = countTrimmed(terminal, inside);
  let pending = 0;

  return {
    feed(output) {
      pending += output.length;
      terminal.write(output, () => {
        pending -= output.length;
      });
    },
    settled: () => (pending === 0 ? Promise.resolve() : new Promise((done) => terminal.write("", done))),
    get pending() {
      return pending;
    },
    resize: (cols, rows) => terminal.resize(cols, rows),
    get cols() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    get overflow() {
      return trimmed();
    },
    get history() {
      return terminal.buffer.normal.baseY;
    },
    get cursor() {
      const { cursorX, cursorY } = terminal.buffer.active;
      return { x: cursorX, y: trimmed() + terminal.buffer.normal.baseY + cursorY };
    },
    get isAlternate() {
      return terminal.buffer.active.type === "alternate";
    },
    lines: (start, end) => readLines(terminal, trimmed(), start, end),
    onDrawn: (listener) => void terminal.onWriteParsed(listener),
    onCommand(number, listener) {
      terminal.parser.registerOscHandler(number, (text) => {
        listener(text);
        return false;
      });
    },
  };
}

type Terminal = InstanceType<typeof headless.Terminal>;

/** Counts the lines that fall out of the history; a reset of the terminal makes a new store of lines. */
function countTrimmed(terminal: Terminal, inside: Inside): () => number {
  let trimmed = 0;
  let watched: unknown;
  const watch = () => {
    const { lines } = inside._core._bufferService.buffers.normal;
    if (lines === watched) return;
    watched = lines;
    lines.onTrim((count) => {
      trimmed += count;
    });
  };
  watch();
  terminal.onWriteParsed(watch);
  return () => trimmed;
}

function readLines(terminal: Terminal, trimmed: number, start: number, end: number) {
  const { active, normal } = terminal.buffer;
  const cell = active.getNullCell();
  const top = trimmed + normal.baseY;
  const at = (y: number) =>
    y < top
      ? normal.getLine(y - trimmed)
      : y < top + terminal.rows
        ? active.getLine(active.baseY + y - top)
        : undefined;
  const from = Math.max(start, trimmed);
  const to = Math.min(end, top + terminal.rows);
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
    const line = at(from + index);
    const next = at(from + index + 1);
    return line ? readLine(line, terminal.cols, next?.isWrapped ? next : undefined, cell) : emptyLine;
  });
}
