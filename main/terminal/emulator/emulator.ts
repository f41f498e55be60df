// A CommonJS package: Node finds no named exports in it.
import headless from "@xterm/headless";
import type { Screen } from "../../../contract/screen.ts";
import { graphemeWidths } from "./grapheme-width.ts";
import { type Look, newer } from "./newer.ts";
import { readRows } from "./screen-rows.ts";

export interface EmulatorOptions {
  cols: number;
  rows: number;
  /** Lines kept above the screen; only a shrinking and growing screen needs them. */
  scrollback: number;
  now: () => number;
  /** What the terminal answers to the program's questions (cursor position, attributes, version). */
  answer: (text: string) => void;
  /** Something was drawn. */
  drawn: () => void;
}

/** A terminal without a window: output goes in, a screen comes out. */
export interface Emulator extends Disposable {
  feed(output: string): void;
  /** Characters fed and not drawn yet; the feeder pauses its source on it. */
  readonly pending: number;
  /** Everything fed so far is drawn. */
  settled(): Promise<void>;
  /** What is drawn now; the same object as long as nothing changed. */
  screen(): Screen;
  resize(cols: number, rows: number): void;
  /** Hears an operating system command (OSC) of this number instead of the screen. */
  onCommand(number: number, listener: (text: string) => void): void;
}

/** Shared: it is a table and what was looked up in it. */
const widths = graphemeWidths();

/** How long a frame that the program announced (DEC mode 2026) may stay unfinished before its half is shown. */
const frameMs = 200;

export function createEmulator(options: EmulatorOptions): Emulator {
  const terminal = startTerminal(options);
  const intake = createIntake(terminal);
  const picture = createPicture(terminal, options.now);
  const drawn = () => {
    picture.touch();
    options.drawn();
  };
  terminal.onWriteParsed(drawn);

  return {
    feed: intake.feed,
    get pending() {
      return intake.pending;
    },
    settled: intake.settled,
    screen: picture.screen,
    resize(cols, rows) {
      terminal.resize(cols, rows);
      drawn();
    },
    onCommand(number, listener) {
      terminal.parser.registerOscHandler(number, (text) => {
        listener(text);
        return true;
      });
    },
    [Symbol.dispose]() {
      terminal.dispose();
      intake.end();
    },
  };
}

type HeadlessTerminal = InstanceType<typeof headless.Terminal>;

function startTerminal({ cols, rows, scrollback, answer }: EmulatorOptions): HeadlessTerminal {
  const terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: "off" });
  terminal.unicode.register(widths);
  terminal.unicode.activeVersion = widths.version;
  terminal.onData(answer);
  // XTVERSION, which xterm leaves to its embedder; Claude Code 2.1.330 asks for it at start.
  terminal.parser.registerCsiHandler({ prefix: ">", final: "q" }, ([what]) => {
    if (what !== 0 && what !== undefined) return false;
    answer("\x1bP>|claude-team\x1b\\");
    return true;
  });
  return terminal;
}

/** Output on its way to the screen; xterm draws it later, in slices of 12 ms. */
function createIntake(terminal: HeadlessTerminal) {
  const waiting = new Set<() => void>();
  let pending = 0;
  let ended = false;

  return {
    feed(output: string): void {
      if (ended) return;
      pending += output.length;
      terminal.write(output, () => {
        pending -= output.length;
      });
    },
    get pending() {
      return pending;
    },
    settled(): Promise<void> {
      if (pending === 0 || ended) return Promise.resolve();
      return new Promise((done) => {
        waiting.add(done);
        terminal.write("", () => {
          waiting.delete(done);
          done();
        });
      });
    },
    end(): void {
      ended = true;
      for (const done of waiting) done();
    },
  };
}

/** The screen, read only when somebody looks and something was drawn since. */
function createPicture(terminal: HeadlessTerminal, now: () => number) {
  let stale = true;
  let drawnAt = now();
  let frameAt: number | undefined;
  let last: Screen | undefined;

  return {
    touch(): void {
      stale = true;
      drawnAt = now();
      frameAt = terminal.modes.synchronizedOutputMode ? (frameAt ?? drawnAt) : undefined;
    },
    screen(): Screen {
      const unfinished = frameAt !== undefined && now() - frameAt < frameMs;
      if (last && (!stale || unfinished)) return last;
      stale = false;
      last = newer(last, look(terminal), drawnAt);
      return last;
    },
  };
}

function look(terminal: HeadlessTerminal): Look {
  const { cols, rows } = terminal;
  const buffer = terminal.buffer.active;
  return { cols, rows, lines: readRows(buffer, cols, rows), cursor: { row: buffer.cursorY, col: buffer.cursorX } };
}
