import type { ChoiceDialog, Dialog } from "./dialog.ts";
import type { Question, QuestionDialog } from "./question-dialog.ts";
import { wrap } from "./wrap.ts";

/** The lower end of the screen, with the cursor's place in it (from 0). */
export interface Bottom {
  readonly lines: readonly string[];
  readonly cursor: { readonly row: number; readonly col: number };
}

/** An open dialog in the words of Claude Code 2.1.330; `count` of them wait. */
export function drawDialog(dialog: Dialog, count: number, cols: number): Bottom {
  const lines = dialog.kind === "choice" ? choiceLines(dialog, cols) : questionLines(dialog, cols);
  const [title = "", ...rest] = lines;
  const counted = count > 1 ? `${title}${`1 of ${count}`.padStart(cols - title.length - 1)}` : title;
  return { lines: ["─".repeat(cols), counted, ...rest, ""], cursor: { row: 0, col: 0 } };
}

const pointed = (lines: readonly string[], cursor: number) =>
  lines.map((line, index) => `${index === cursor ? " ❯ " : "   "}${index + 1}. ${line}`);

function choiceLines({ title, about, detail, question, options, cursor, note }: ChoiceDialog, cols: number): string[] {
  const labels = options.map(({ label }, index) => (index === cursor && note !== null ? `${label}, ${note}` : label));
  return [
    ` ${title}`,
    ...(about ? ["", ` ${about}`] : []),
    "╌".repeat(cols),
    ...wrap(detail, cols - 2).map((line) => ` ${line}`),
    "╌".repeat(cols),
    ` ${question}`,
    ...pointed(labels, cursor),
    "",
    " Esc to cancel · Tab to amend",
  ];
}

function questionLines(dialog: QuestionDialog, cols: number): string[] {
  const question = dialog.questions[dialog.at];
  const lines = question ? choosing(dialog, question) : reviewing(dialog);
  return [
    tabs(dialog),
    "",
    ...lines.flatMap((line) => wrap(line, cols)),
    "",
    "Enter to select · ↑/↓ to navigate · Esc to cancel",
  ];
}

function tabs({ questions, picked }: QuestionDialog): string {
  const names = questions.map(({ header }, index) => `${(picked[index] ?? []).length > 0 ? "☒" : "☐"} ${header}`);
  const alone = questions.length === 1 && !questions[0]?.multiSelect;
  return alone ? ` ${names[0]}` : `←  ${names.join("  ")}  ✔ Submit  →`;
}

function choosing(
  { at, cursor, picked, typing }: QuestionDialog,
  { question, multiSelect, options }: Question,
): string[] {
  const chosen = picked[at] ?? [];
  const box = (label: string) => (multiSelect ? `[${chosen.includes(label) ? "✔" : " "}] ` : "");
  const pointer = (index: number) => (index === cursor ? "❯" : " ");
  const rows = options.flatMap(({ label, description }, index) => [
    `${pointer(index)} ${index + 1}. ${box(label)}${label}`,
    `     ${description}`,
  ]);
  const free = `${pointer(options.length)} ${options.length + 1}. ${box("")}${typing ?? "Type something."}`;
  return [question, "", ...rows, free, `  ${options.length + 2}. Chat about this`];
}

const reviewing = ({ questions, picked }: QuestionDialog): string[] => [
  "Review your answers",
  ...questions.flatMap(({ question }, index) => [` ● ${question}`, `   → ${(picked[index] ?? []).join(", ")}`]),
  "",
  "❯ 1. Submit answers",
  "  2. Cancel",
];
