/** East Asian wide characters and emoji stand in two cells. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const nothing = /\p{Mark}|\u200b|\u200d|\ufe0f/u;

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += nothing.test(char) ? 0 : char > "\u2000" && wide.test(char) ? 2 : 1;
  return width;
}

/** Text as rows of at most `cols` cells, broken at spaces where there are some; without what would move the cursor. */
export function wrap(text: string, cols: number): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const printable = text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "");
  return printable.split("\n").flatMap((line) => wrapLine(line, Math.max(2, cols)));
}

function wrapLine(line: string, cols: number): string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of line.split(/(?<= )/)) {
    if (row && widthOf(row) + widthOf(word.trimEnd()) > cols) {
      rows.push(row.trimEnd());
      row = "";
    }
    row += word;
    while (widthOf(row.trimEnd()) > cols) {
      const head = headOf(row, cols);
      rows.push(head);
      row = row.slice(head.length);
    }
  }
  return [...rows, row];
}

function headOf(text: string, cols: number): string {
  let head = "";
  for (const char of text) {
    if (head && widthOf(head + char) > cols) break;
    head += char;
  }
  return head;
}
