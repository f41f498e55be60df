import type { Run, Screen } from "../../contract/screen.ts";

/** The rows of a screen as text, without blank ends. */
export function toRows({ lines }: Screen): string[] {
  return lines.map((runs) => textOf(runs).trimEnd());
}

export const textOf = (runs: readonly Run[]) => runs.map((run) => run.text).join("");

/** White space counts as one space: a dialog is wrapped and indented to the width of the terminal. */
export const fold = (text: string) => text.replace(/\s+/g, " ").trim();

/** A line across the whole screen, as around the input box and above dialogs; it may carry the worker's name at its end. */
export function isRule(row: string | undefined, cols: number): boolean {
  return row !== undefined && row.length >= cols - 2 && /^(─+( .+ ─+)?|▔+)$/.test(row);
}

/** The dashed line above and below what a permission dialog is about. */
export const isDashes = (row: string) => /^ *╌{10,}$/.test(row);

/** Any drawn line without words. */
export const isLine = (row: string) => /^ *(─{10,}|▔{10,})$/.test(row);
