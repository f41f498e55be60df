const lf = 10;

/** Longer lines are passed on empty: no line of Claude Code is so long, and memory stays bounded. */
const longestLine = 64 * 1024 * 1024;

/** `line` without its LF, valid only during the call; `start` and `end` (past the LF) are offsets in the file. */
export type EachLine = (line: Buffer, start: number, end: number) => void;

export interface Cutter {
  /** Where the line begins that is not whole yet. */
  readonly start: number;
  feed(chunk: Buffer, each: EachLine): void;
}

/**
 * Cuts bytes into lines at LF only: JSON may hold every other separator inside a string. What follows the last LF is carried
 * as bytes, so that neither a line nor a character is ever seen in halves. `carry` is what was read of the line at `start`.
 */
export function createCutter(start: number, carry?: Buffer, longest = longestLine): Cutter {
  let carried: Buffer[] = carry?.length ? [Buffer.from(carry)] : [];
  let length = carry?.length ?? 0;

  const keep = (piece: Buffer): void => {
    length += piece.length;
    if (length > longest) carried = [];
    else carried.push(Buffer.from(piece));
  };

  const whole = (piece: Buffer): Buffer => {
    if (length === 0) return piece;
    if (length + piece.length > longest) return Buffer.alloc(0);
    return Buffer.concat([...carried, piece]);
  };

  return {
    get start() {
      return start;
    },
    feed(chunk, each) {
      let from = 0;
      for (let at = chunk.indexOf(lf); at >= 0; at = chunk.indexOf(lf, from)) {
        const piece = chunk.subarray(from, at);
        const line = whole(piece);
        const end = start + length + piece.length + 1;
        const begin = start;
        start = end;
        carried = [];
        length = 0;
        from = at + 1;
        each(line, begin, end);
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
  };
}
