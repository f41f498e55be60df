import type { Run, Screen } from "../../contract/screen.ts";
import { isRule, textOf, toRows } from "./rows.ts";

/** Where Claude Code's input box stands: the row numbers of the rules above and below it. */
export interface InputBox {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The input box, when it is on the screen: between the last two rules, beginning with `❯` or, for a shell command, `!`, with
 * every further row indented. Of a long draft it shows the last rows, with `↑ 12 more` in the rule above and no `❯` (Claude Code
 * 2.1.330). An open dialog stands in its place. The list of agents has a box like it,
 * but what is typed there starts a session.
 */
export function findInputBox(screen: Screen): InputBox | undefined {
  const rows = toRows(screen);
  const rules = rows.flatMap((row, i) => (isRule(row, screen.cols) ? [i] : []));
  const [top, bottom] = rules.slice(-2);
  if (top === undefined || bottom === undefined) return undefined;
  const [first = "", ...more] = rows.slice(top + 1, bottom);
  const begins = isScrolled(rows[top]) ? isFurther(first) : /^[❯!](\s|$)/.test(first);
  if (!begins || !more.every(isFurther)) return undefined;
  const below = rows.slice(bottom + 1).join("\n");
  return below.includes("enter to open") ? undefined : { top, bottom };
}

const isFurther = (row: string) => /^( {2}|$)/.test(row);

const isScrolled = (rule = "") => /^─+ ↑ \d+ more ─/.test(rule);

/** What stands in the box, "" when that is nothing or only a hint. A row that was too long comes as two. */
export function readDraft({ lines }: Screen, { top, bottom }: InputBox): string {
  const rows = lines.slice(top + 1, bottom);
  if (isHint(rows.flat())) return "";
  const [first = "", ...more] = rows.map((runs) =>
    typed(runs)
      .replace(/\u00a0/g, " ")
      .trimEnd(),
  );
  const mode = first.startsWith("!") ? "!" : "";
  return [mode + first.slice(2), ...more.map((row) => row.slice(2))].join("\n").trimEnd();
}

/** A hint is dim but for its first letter, under the cursor. */
function isHint(runs: readonly Run[]): boolean {
  const shown = runs.filter((run) => run.text.trim() !== "");
  const [prompt, cursor, ...rest] = shown;
  if (prompt?.text.trim() !== "❯" || !cursor?.inverse || cursor.text.length !== 1) return false;
  return rest.length > 0 && rest.every((run) => run.dim);
}

/** Dim text behind a draft is a suggestion. */
const typed = (runs: readonly Run[]) => textOf(runs.filter((run) => !run.dim));
