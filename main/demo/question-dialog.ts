import type { Key } from "./keys.ts";

export interface Question {
  readonly question: string;
  readonly header: string;
  readonly multiSelect: boolean;
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** Questions on the screen, one after another; `at` past the last is the review. */
export interface QuestionDialog {
  readonly kind: "questions";
  readonly questions: readonly Question[];
  readonly at: number;
  readonly cursor: number;
  /** The labels or words chosen so far, for each question. */
  readonly picked: readonly (readonly string[])[];
  /** Words being typed instead of a choice. */
  readonly typing: string | null;
}

export type Asked =
  | { readonly dialog: QuestionDialog }
  | { readonly answers: Readonly<Record<string, string>> }
  /** Nothing was answered; `chat`: the person wants to talk first. */
  | { readonly chat: boolean };

export const questionDialog = (questions: readonly Question[]): QuestionDialog => ({
  kind: "questions",
  questions,
  at: 0,
  cursor: 0,
  picked: questions.map(() => []),
  typing: null,
});

/** What a key other than Esc does; pure. After the options stand free text, and talking instead (Claude Code 2.1.330). */
export function pressQuestions(dialog: QuestionDialog, key: Key): Asked {
  const question = dialog.questions[dialog.at];
  if (!question) return pressReview(dialog, key);
  if (dialog.typing !== null) return pressTyping(dialog, dialog.typing, question, key);
  if (key.is === "char" && /[1-9]/.test(key.text)) return pick(dialog, question, Number(key.text) - 1);
  if (key.is === "enter") return pick(dialog, question, dialog.cursor);
  if (key.is === "tab" || key.is === "right") return { dialog: { ...dialog, at: dialog.at + 1, cursor: 0 } };
  if (key.is === "left") return { dialog: { ...dialog, at: Math.max(0, dialog.at - 1), cursor: 0 } };
  if (key.is === "up" || key.is === "down") {
    const cursor = dialog.cursor + (key.is === "up" ? -1 : 1);
    return { dialog: { ...dialog, cursor: Math.min(question.options.length + 1, Math.max(0, cursor)) } };
  }
  return { dialog };
}

function pressReview(dialog: QuestionDialog, key: Key): Asked {
  if (key.is === "enter" || (key.is === "char" && key.text === "1")) return { answers: answersOf(dialog) };
  if (key.is === "char" && key.text === "2") return { chat: false };
  return { dialog: key.is === "left" ? { ...dialog, at: dialog.at - 1 } : dialog };
}

function pressTyping(dialog: QuestionDialog, typing: string, question: Question, key: Key): Asked {
  if (key.is === "char" || key.is === "paste") return { dialog: { ...dialog, typing: typing + key.text } };
  if (key.is === "backspace") return { dialog: { ...dialog, typing: typing.slice(0, -1) } };
  if (key.is !== "enter" || !typing) return { dialog };
  const chosen = question.multiSelect ? (dialog.picked[dialog.at] ?? []) : [];
  return advance({ ...withPicked(dialog, [...chosen, typing]), typing: null });
}

function pick(dialog: QuestionDialog, question: Question, index: number): Asked {
  const label = question.options[index]?.label;
  const past = index - question.options.length;
  if (label === undefined) {
    if (past === 1) return { chat: true };
    return { dialog: past === 0 ? { ...dialog, cursor: index, typing: "" } : dialog };
  }
  if (!question.multiSelect) return advance(withPicked(dialog, [label]));
  const chosen = dialog.picked[dialog.at] ?? [];
  const next = chosen.includes(label) ? chosen.filter((one) => one !== label) : [...chosen, label];
  return { dialog: { ...withPicked(dialog, next), cursor: index } };
}

const withPicked = (dialog: QuestionDialog, chosen: readonly string[]): QuestionDialog => ({
  ...dialog,
  picked: dialog.picked.map((old, index) => (index === dialog.at ? chosen : old)),
});

/** A single question with one choice is answered at once; all others end in the review. */
function advance(dialog: QuestionDialog): Asked {
  const [first, second] = dialog.questions;
  if (!second && first && !first.multiSelect) return { answers: answersOf(dialog) };
  return { dialog: { ...dialog, at: dialog.at + 1, cursor: 0 } };
}

/** Labels with a comma are quoted, since labels are joined by one. */
const answersOf = ({ questions, picked }: QuestionDialog): Record<string, string> =>
  Object.fromEntries(
    questions.flatMap(({ question, multiSelect }, index) => {
      const chosen = picked[index] ?? [];
      const labels = multiSelect ? chosen.map((label) => (label.includes(",") ? `"${label}"` : label)) : chosen;
      return chosen.length > 0 ? [[question, labels.join(", ")]] : [];
    }),
  );
