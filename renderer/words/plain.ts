/** Characters that turn text around or hide it, and controls but tab and line break. */
const deceiving = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const everyDeceiving = new RegExp(deceiving, "gu");
/** Also what takes no room, but the joints of words and emoji. */
const everyUnseen = /(?![\n\t]|[\ufe00-\ufe0f]|\u200c|\u200d)[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;
/** More marks on one character than any script has; thousands of them take seconds to draw. */
const piled = /(\p{M}{10})\p{M}+/u;
const everyPile = new RegExp(piled, "gu");
/** A terminal's control sequences: CSI, OSC up to its end or the text's, and the short ones. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const sequences = /\u{1b}(?:\[[0-?]*[ -/]*[@-~]|\][^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\|$)|[@-Z\\\-_])/gu;

/**
 * Foreign text so that it reads as it is stored: a terminal's sequences and piles of marks are left out, what would turn text
 * around is shown as `\u{…}`.
 */
export function plain(text: string): string {
  if (!deceiving.test(text) && !piled.test(text)) return text;
  return written(text.replace(sequences, "").replace(/\r\n?/g, "\n").replace(everyPile, "$1"), everyDeceiving);
}

/** Foreign text that is decided on: nothing is left out, and what cannot be seen is written out. */
export const exact = (text: string): string => written(text, everyUnseen);

const written = (text: string, characters: RegExp): string =>
  text.replace(characters, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
