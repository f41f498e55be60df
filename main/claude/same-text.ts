const words = (text: string) => text.split(/\s+/).filter(Boolean);

/** A shorter word is never broken at the edge of a terminal that Claude Code can be used in. */
const breakable = 16;

/**
 * Whether this is the text, as a terminal of any width would show it: white space may differ, and a long word may be broken, but
 * two words are never one. With `cut` only the end of the text need be there, at least 200 characters of it.
 */
export function sameText(shown: string, text: string, cut = false): boolean {
  const [pieces, wanted] = [words(shown), words(text)];
  if (cut && pieces.join("").length < 200) return false;
  while (pieces.length > 0) {
    const word = wanted.pop();
    if (word === undefined) return false;
    let piece = pieces.pop() ?? "";
    while (piece.length < word.length && word.length >= breakable && pieces.length > 0) piece = pieces.pop() + piece;
    const cutHere = cut && pieces.length === 0 && word.length >= breakable;
    if (piece !== word && !(cutHere && word.endsWith(piece))) return false;
  }
  return cut || wanted.length === 0;
}
