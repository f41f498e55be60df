import { join, resolve } from "node:path";
import type { Question } from "./question-dialog.ts";

type Input = Record<string, unknown>;

/** What a pretended tool hands back: to the model, and to the transcript. */
export interface Pretended {
  readonly content: unknown;
  readonly result: unknown;
  /** How long it takes. */
  readonly seconds: number;
}

/** What must be asked before this tool runs. Modes as hooks name them (`default` is manual). */
export function needOf(tool: string, input: Input, mode: string, cwd: string): "nothing" | "permission" | "input" {
  if (tool === "AskUserQuestion") return "input";
  if (tool === "ExitPlanMode") return "permission";
  if (mode === "bypassPermissions") return "nothing";
  const path = typeof input.file_path === "string" ? resolve(cwd, input.file_path) : cwd;
  const inside = `${path}/`.startsWith(`${cwd}/`);
  if (tool === "Read") return inside ? "nothing" : "permission";
  if (tool === "Write" || tool === "Edit") return inside && mode === "acceptEdits" ? "nothing" : "permission";
  if (tool !== "Bash") return "permission";
  const harmless = mode === "acceptEdits" ? [...reading, ...filing] : reading;
  return harmless.includes(commandOf(input).split(/\s/)[0] ?? "") ? "nothing" : "permission";
}

/** Commands that Claude Code runs without asking, and those it also does when edits are accepted. */
const reading = ["echo", "ls", "cat", "pwd", "sleep", "head", "tail", "wc", "grep", "find"];
const filing = ["mkdir", "touch", "rm", "mv", "cp", "sed"];

const commandOf = (input: Input) => String(input.command ?? "").trim();

/** Nothing is really run, read or written: results are made up, and say so unless they are empty. */
export function pretend(tool: string, input: Input, cwd: string): Pretended {
  if (tool === "Bash") return shell(commandOf(input));
  const path = join(cwd, String(input.file_path ?? "a-file"));
  if (tool === "Read") {
    const content = "(demo: a file that was not read)";
    const file = { filePath: path, content, numLines: 1, startLine: 1, totalLines: 1 };
    return { content: `1\t${content}`, result: { type: "text", file }, seconds: 0 };
  }
  if (tool === "Write" || tool === "Edit") {
    const change = { structuredPatch: [], originalFile: null, userModified: false };
    const content = `File created successfully at: ${path} (demo: nothing was written)`;
    return { content, result: { type: "create", filePath: path, content: input.content ?? "", ...change }, seconds: 0 };
  }
  if (tool === "ExitPlanMode") {
    return {
      content: "User has approved your plan. (demo)",
      result: { plan: input.plan ?? null, isAgent: false },
      seconds: 0,
    };
  }
  return { content: `(demo: ${tool} was not called)`, result: [], seconds: 0 };
}

function shell(command: string): Pretended {
  const slept = /^sleep ([\d.]+)/.exec(command)?.[1];
  const stdout = /^(touch|sleep|mkdir|rm|mv|cp|true)\b/.test(command) ? "" : printed(command);
  const noOutputExpected = /^(touch|mkdir|rm|mv|cp)\b/.test(command);
  const result = { stdout, stderr: "", interrupted: false, isImage: false, noOutputExpected };
  return { content: stdout || "(Bash completed with no output)", result, seconds: Number(slept ?? 0) };
}

const printed = (command: string) =>
  /^echo (.*)/.exec(command)?.[1] ?? `(demo: "${command}" was not run; this output is made up)`;

/** How Claude is told the answers: free text is to be read with care (Claude Code 2.1.330). */
export function answered({ questions: asked, answers: given, ...rest }: Input): Pretended {
  const questions = (asked ?? []) as Question[];
  const answers = Object.entries(given ?? {}).map(([question, answer]) => [question, toText(answer)] as const);
  const chosen = answers.every(([question, answer]) => isChosen(questions, question, answer));
  const list = answers.map(([question, answer]) => `"${question}"="${answer}"`).join(", ");
  const content = chosen
    ? `Your questions have been answered: ${list}. You can now continue with these answers in mind.`
    : `The user answered: ${list}. Read the answers carefully — they may request clarification, changes, or that you not ` +
      "proceed — and follow what they actually say.";
  return { content, result: { questions, answers: Object.fromEntries(answers), ...rest }, seconds: 0 };
}

const toText = (answer: unknown) => (Array.isArray(answer) ? answer.join(", ") : String(answer));

function isChosen(questions: readonly Question[], question: string, answer: string): boolean {
  const labels = questions.find((one) => one.question === question)?.options.map(({ label }) => label) ?? [];
  const quoted = labels.map((label) => (label.includes(",") ? `"${label}"` : label));
  const rest = [...quoted].sort((a, b) => b.length - a.length).reduce((text, label) => text.replace(label, ""), answer);
  return labels.includes(answer) || /^[, ]*$/.test(rest);
}
