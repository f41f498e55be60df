/** Markdown between tables, or a table: its rows of cells, the header first. */
export type Part = string | readonly (readonly string[])[];

const fence = /^ {0,3}(```|~~~)/;
const row = /^ {0,3}\|.*\|\s*$/;
const rule = /^ {0,3}\|(\s*:?-+:?\s*\|)+\s*$/;

/** Takes the tables out of a Markdown text: `| a | b |` lines, of which the second is a rule. What is in a code fence stays. */
export function tableParts(text: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] = [];
  let fenced = false;
  const rest = text.split("\n");
  const flush = () => {
    if (lines.some((line) => line.trim() !== "")) parts.push(lines.join("\n"));
    lines = [];
  };
  while (rest.length > 0) {
    if (!fenced && row.test(rest[0] ?? "") && rule.test(rest[1] ?? "")) {
      flush();
      const end = rest.findIndex((line) => !row.test(line));
      const [head = "", , ...body] = rest.splice(0, end < 0 ? rest.length : end);
      parts.push([head, ...body].map(cells));
      continue;
    }
    const line = rest.shift() ?? "";
    if (fence.test(line)) fenced = !fenced;
    lines.push(line);
  }
  flush();
  return parts;
}

/** `\|` is a stroke inside a cell. */
function cells(line: string): string[] {
  const inner = line.trim().slice(1, -1);
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
