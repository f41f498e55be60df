/** Characters that move, hide or turn text around would make what is approved look like something else. */
const deceiving =
  /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Foreign text that a person decides on: what cannot be seen in it is written out, `\u{202e}`. */
export const spelledOut = (text: string): string =>
  text.replace(deceiving, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
