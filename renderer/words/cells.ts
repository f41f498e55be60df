/** A piece of a terminal row: plain text that a monospaced font sets right by itself, or one character forced into its cells. */
export interface Piece {
  readonly text: string;
  /** 0: as many cells as characters. 1 or 2: exactly so many. */
  readonly cells: 0 | 1 | 2;
}

const segmenter = new Intl.Segmenter();
/** ASCII, Latin and box drawing: in every monospaced font, one cell wide. */
const plain = /^[\u0020-\u024f\u2500-\u259f]+$/;
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}])/u;

/** Cuts a run so that wide characters take two cells and characters from other fonts cannot shift the row. */
export function pieces(text: string): Piece[] {
  if (plain.test(text)) return [{ text, cells: 0 }];
  const found: Piece[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = found.at(-1);
    if (!plain.test(segment)) found.push({ text: segment, cells: wide.test(segment) ? 2 : 1 });
    else if (last?.cells === 0) found[found.length - 1] = { text: last.text + segment, cells: 0 };
    else found.push({ text: segment, cells: 0 });
  }
  return found;
}
