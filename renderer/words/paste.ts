/** What is being written: the text in the field, and large pastes that stand in it as a mark each. */
export interface Writing {
  readonly text: string;
  readonly pastes: readonly string[];
}

export const nothingWritten: Writing = { text: "", pastes: [] };

const mostLines = 12;
const mostCharacters = 1500;

/** Whether a paste would fill the field so that what was written around it is lost from sight. */
export const isLarge = (pasted: string): boolean =>
  pasted.length > mostCharacters || pasted.split("\n", mostLines + 1).length > mostLines;

export interface Paste {
  readonly place: number;
  readonly mark: string;
  readonly text: string;
}

/** The pastes whose marks still stand in the text, in the order of their coming. */
export function pastesIn({ text, pastes }: Writing): Paste[] {
  const all = pastes.map((paste, place) => ({ place, mark: markFor(place, paste), text: paste }));
  return all.filter(({ mark }) => text.includes(mark));
}

/** The message as it is sent: every mark is its paste again. A mark within a paste is left as it is. */
export function wholeText(writing: Writing): string {
  const { text, pastes } = writing;
  return text.replace(/\[Pasted text (\d+): [^\]\n]*\]/g, (found, number: string) => {
    const paste = pastes[Number(number) - 1];
    return paste !== undefined && markFor(Number(number) - 1, paste) === found ? paste : found;
  });
}

/** The writing with this paste in full, to be edited. */
export const unfolded = (writing: Writing, { mark, text }: Paste): Writing => ({
  ...writing,
  text: writing.text.replace(mark, () => text),
});

/** The writing without this paste. */
export const withoutPaste = (writing: Writing, { mark }: Paste): Writing => ({
  ...writing,
  text: writing.text.replace(mark, ""),
});

/** What was written on after a text that is sent now: the next message. Undefined when the text itself was changed meanwhile. */
export function writtenAfter({ text, pastes }: Writing, sent: string): Writing | undefined {
  if (!text.startsWith(sent)) return undefined;
  const rest = { text: text.slice(sent.length).trimStart(), pastes };
  return pastesIn(rest).length > 0 ? rest : { ...rest, pastes: [] };
}

/** `120 lines`, or `4000 characters` of a single line. */
export function sizeOf(text: string): string {
  const lines = text.split("\n").length;
  return lines > 1 ? `${lines} lines` : `${text.length} characters`;
}

/** How a paste, counted from 0, stands in the text. */
export const markFor = (place: number, text: string) => `[Pasted text ${place + 1}: ${sizeOf(text)}]`;
