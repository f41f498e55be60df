import { fold, isDashes, isLine, isRule } from "./rows.ts";

/** One choice of a dialog. */
export interface Choice {
  /** What to press for it, where choices are numbered. */
  readonly digit: string | null;
  readonly label: string;
  /** The mark `❯` stands before it. */
  readonly marked: boolean;
}

/** The numbered choices: the last run of rows that count from 1, since what the dialog is about may hold a list, too. */
export function numberedChoices(rows: readonly string[]): Choice[] {
  let run: Choice[] = [];
  for (const row of rows) {
    const [, mark, digit, label = ""] = /^ {0,5}(❯ )?\s*(\d)\. (.+)$/.exec(row) ?? [];
    if (!digit) continue;
    const next = { digit, label: fold(label), marked: mark !== undefined };
    if (digit === "1") run = [next];
    else if (Number(digit) === run.length + 1) run.push(next);
  }
  return run;
}

/** Choices without numbers: the marked row and the rows next to it. */
export function plainChoices(rows: readonly string[]): Choice[] {
  const marked = rows.findLastIndex((row) => /^ *❯ \S/.test(row));
  if (marked < 0) return [];
  const column = rows[marked]?.indexOf("❯") ?? 0;
  const isChoice = (row: string | undefined) => row !== undefined && /^[ ❯] \S/.test(row.slice(column));
  let [from, to] = [marked, marked];
  while (isChoice(rows[from - 1])) from--;
  while (isChoice(rows[to + 1])) to++;
  return rows
    .slice(from, to + 1)
    .map((row, i) => ({ digit: null, label: fold(row.slice(column + 2)), marked: from + i === marked }));
}

/** What to type to take this choice: its digit, or moves to it and Enter; null when it is not there. */
export function keyFor(choices: readonly Choice[], label: string | RegExp): string | null {
  const wanted = choices.findIndex((c) => (typeof label === "string" ? c.label === label : label.test(c.label)));
  if (wanted < 0) return null;
  const digit = choices[wanted]?.digit;
  if (digit) return digit;
  const moves = wanted - choices.findIndex((c) => c.marked);
  const arrow = moves < 0 ? "\u001b[A" : "\u001b[B";
  return `${arrow.repeat(Math.abs(moves))}\r`;
}

/** The rows of the dialog that this row belongs to: from the rule above it, without that, to the end. */
export function dialogAround(rows: readonly string[], row: number, cols: number): string[] {
  const above = rows.slice(0, row).findLastIndex((r) => isRule(r, cols));
  return rows.slice(above + 1);
}

/** The dialog's words in one line. The dashed lines that frame what it is about stay, as `╌`; the marks do not. */
export function wordsOf(rows: readonly string[], cols: number): string {
  const kept = rows
    .filter((row) => !isRule(row, cols) && !isLine(row))
    .map((row) => (isDashes(row) ? "╌" : withoutGutter(row)));
  return fold(kept.join("\n"));
}

/** The dialog's words, row by row. */
export function detailOf(rows: readonly string[], cols: number): string {
  const kept = rows
    .filter((row) => !isRule(row, cols) && !isLine(row) && !isDashes(row))
    .map((row) => withoutGutter(row).trim());
  return kept
    .join("\n")
    .replace(/\n{2,}/g, "\n")
    .trim();
}

/** Text of several lines stands behind a bar, and keeps what looks like a mark. */
function withoutGutter(row: string): string {
  const bar = /^( *)│( |$)/;
  return bar.test(row) ? row.replace(bar, "$1") : row.replace(/^( *)❯ /, "$1");
}
