import { readInto } from "./open-file.ts";

const lf = 10;
const firstWindow = 16 * 1024;
const widestWindow = 1024 * 1024;

export interface Located {
  readonly line: Buffer;
  readonly start: number;
}

export interface Backwards {
  /** The next older line, without its LF; undefined when all were given. */
  next(): Located | undefined;
  /** What stands after the last LF: a line that is still being written. Known after the first `next`. */
  readonly torn: Buffer;
  /** Bytes read so far. */
  readonly read: number;
}

/** Reads the lines of `fd` between `from` and `size` newest first, in windows that grow, and no more of them than asked for. */
export function createBackwards(fd: number, size: number, from = 0): Backwards {
  let window: Buffer = Buffer.alloc(0);
  let base = size;
  let end = 0;
  let width = firstWindow;
  /** Pieces of the line that goes on after the window; undefined until the last LF was met. */
  let after: Buffer[] = [];
  let torn: Buffer | undefined;

  const readOlder = (): boolean => {
    if (base <= from) return false;
    after.unshift(window.subarray(0, end));
    const length = Math.min(width, base - from);
    base -= length;
    window = readAt(fd, base, length);
    end = window.length;
    width = Math.min(width * 4, widestWindow);
    return true;
  };

  const take = (start: number): Buffer => {
    const piece = window.subarray(start, end);
    const line = after.length === 0 ? piece : Buffer.concat([piece, ...after]);
    after = [];
    end = Math.max(start - 1, 0);
    return line;
  };

  const next = (): Located | undefined => {
    for (;;) {
      const at = end > 0 ? window.lastIndexOf(lf, end - 1) : -1;
      if (at < 0 && readOlder()) continue;
      if (at < 0 && end === 0 && after.length === 0) return undefined;
      const located = { line: take(at + 1), start: base + at + 1 };
      if (torn !== undefined) return located;
      torn = Buffer.from(located.line);
    }
  };

  return {
    next,
    get torn() {
      return torn ?? Buffer.alloc(0);
    },
    get read() {
      return size - base;
    },
  };
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  return buffer.subarray(0, readInto(fd, buffer, position));
}
