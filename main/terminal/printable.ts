/** CSI and string sequences whole, in their 7-bit and 8-bit forms. Of a string without an end only the start goes, as a control. */
const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)/g;
const control = /[^\P{Control}\n\t]/gu;
const brokenHalf = /\p{Surrogate}/gu;
const invisible = /\p{Format}|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Format characters that are seen, or are part of what is seen. */
const kept = [
  // Arabic, Syriac and Kaithi signs that enclose a number.
  "[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}]",
  // The joints of an emoji, and the tags that make a flag of a region.
  "(?<=[\\p{Extended_Pictographic}\\u{1f3fb}-\\u{1f3ff}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})",
  "(?<=\\u{1f3f4})[\\u{e0020}-\\u{e007e}]+\\u{e007f}",
  // The joints of a word in the scripts that need them.
  "(?<=[\\p{L}\\p{M}])(?<![\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}])[\\u200c\\u200d](?=\\p{L})",
  // The chosen form of an emoji.
  "(?<=\\p{Emoji})[\\ufe0e\\ufe0f]",
].join("|");
const keptOrInvisible = new RegExp(`(${kept})|${invisible.source}`, "gu");

/**
 * What of a text may reach a terminal: what a person can see, `\n` and `\t`. Line ends become `\n`; escape sequences, control
 * and invisible characters (bidi marks, zero-width spaces, tags) go; half a character becomes U+FFFD. `notes` says in plain
 * words what went.
 */
export function printable(text: string): { text: string; notes: string[] } {
  const notes: string[] = [];
  const take = (from: string, pattern: RegExp, by: string, what: string): string => {
    let count = 0;
    const rest = from.replace(pattern, (match, keep: unknown) => {
      if (typeof keep === "string") return match;
      count++;
      return by;
    });
    if (count > 0) notes.push(`${by ? "replaced" : "removed"} ${count} ${what}${count === 1 ? "" : "s"}`);
    return rest;
  };
  let rest = text.replace(/\r\n?|[\u2028\u2029]/g, "\n");
  rest = take(rest, sequence, "", "terminal escape sequence");
  rest = take(rest, control, "", "control character");
  rest = take(rest, keptOrInvisible, "", "invisible character");
  rest = take(rest, brokenHalf, "\ufffd", "broken character");
  return { text: rest, notes };
}
