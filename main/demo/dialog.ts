import type { Key } from "./keys.ts";
import { type Asked, pressQuestions, type QuestionDialog } from "./question-dialog.ts";

/** A permission asked on the screen. `note`: the words being added to the choice (Tab), null while none are. */
export interface ChoiceDialog {
  readonly kind: "choice";
  readonly title: string;
  readonly about: string;
  readonly detail: string;
  readonly question: string;
  readonly options: readonly Option[];
  readonly cursor: number;
  readonly note: string | null;
}

/** `amend`: goes on with the words typed, which say what to change. */
export interface Option {
  readonly label: string;
  readonly means: "yes" | "no" | "amend";
}

export type Dialog = ChoiceDialog | QuestionDialog;

/** What the person at the keyboard decided. A No without words interrupts the turn, as Esc does. */
export type Decision =
  | { readonly is: "yes" }
  | { readonly is: "no"; readonly reason: string }
  | { readonly is: "interrupt" }
  | { readonly is: "answers"; readonly answers: Readonly<Record<string, string>> };

export type Pressed = { readonly dialog: Dialog } | { readonly decision: Decision };

/** The permission dialog of Claude Code 2.1.330 for this tool: its numbers differ from tool to tool. */
export function permissionDialog(tool: string, input: Record<string, unknown>, cwd: string): ChoiceDialog {
  const common = { kind: "choice", cursor: 0, note: null, question: "Do you want to proceed?" } as const;
  const about = typeof input.description === "string" ? input.description : "";
  if (tool === "ExitPlanMode") {
    const detail = typeof input.plan === "string" ? input.plan : "";
    return {
      ...common,
      title: "Ready to code?",
      about,
      detail,
      question: "Would you like to proceed?",
      options: planOptions,
    };
  }
  if (tool === "Bash") {
    const always = `Yes, and always allow access to ${cwd} from this project`;
    return {
      ...common,
      title: "Bash command",
      about,
      detail: String(input.command ?? ""),
      options: choices(always, auto),
    };
  }
  const detail = typeof input.file_path === "string" ? input.file_path : JSON.stringify(input);
  return { ...common, title: tool, about, detail, options: choices("Yes, during this session") };
}

const auto = "Yes, and switch to auto mode · auto mode handles these prompts for you";
const planOptions: readonly Option[] = [
  { label: "Yes, and use auto mode", means: "yes" },
  { label: "Yes, manually approve edits", means: "yes" },
  { label: "Tell Claude what to change", means: "amend" },
];
const choices = (...more: string[]): Option[] => [
  ...["Yes", ...more].map((label): Option => ({ label, means: "yes" })),
  { label: "No", means: "no" },
];

/** What a key does to an open dialog; pure. A digit acts at once, and a paste does nothing (Claude Code 2.1.330). */
export function press(dialog: Dialog, key: Key): Pressed {
  if (key.is === "escape") return { decision: { is: "interrupt" } };
  if (dialog.kind === "questions") return asPressed(pressQuestions(dialog, key));
  if (dialog.note !== null) return pressNote(dialog, dialog.note, key);
  if (key.is === "char" && /[1-9]/.test(key.text)) return pick(dialog, Number(key.text) - 1);
  if (key.is === "enter") return choose(dialog, dialog.cursor);
  if (key.is === "tab") return { dialog: { ...dialog, note: "" } };
  if (key.is === "up" || key.is === "down") return { dialog: { ...dialog, cursor: moved(dialog, key.is) } };
  return { dialog };
}

function asPressed(asked: Asked): Pressed {
  if ("dialog" in asked) return asked;
  if ("answers" in asked) return { decision: { is: "answers", answers: asked.answers } };
  return {
    decision: asked.chat ? { is: "no", reason: "The user wants to talk about these questions." } : { is: "interrupt" },
  };
}

function pressNote(dialog: ChoiceDialog, note: string, key: Key): Pressed {
  if (key.is === "char" || key.is === "paste") return { dialog: { ...dialog, note: note + key.text } };
  if (key.is === "backspace") return { dialog: { ...dialog, note: note.slice(0, -1) } };
  return key.is === "enter" ? choose(dialog, dialog.cursor) : { dialog };
}

/** A number past the last choice only moves there. */
function pick(dialog: ChoiceDialog, index: number): Pressed {
  const last = dialog.options.length - 1;
  return index > last ? { dialog: { ...dialog, cursor: last } } : choose({ ...dialog, cursor: index }, index);
}

function choose(dialog: ChoiceDialog, index: number): Pressed {
  const means = dialog.options[index]?.means;
  if (means === "yes") return { decision: { is: "yes" } };
  if (dialog.note) return { decision: { is: "no", reason: dialog.note } };
  return means === "amend" ? { dialog: { ...dialog, note: "" } } : { decision: { is: "interrupt" } };
}

const moved = ({ cursor, options }: ChoiceDialog, way: "up" | "down") =>
  Math.min(options.length - 1, Math.max(0, cursor + (way === "up" ? -1 : 1)));
