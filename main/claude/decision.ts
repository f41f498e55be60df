import { TeamError } from "../../contract/error.ts";
import type { Ask } from "../../contract/observation.ts";
import type { Answer, Question } from "../../contract/request.ts";

/** What the hook prints for an answer. Throws ANSWER_INVALID when it does not fit what was asked. */
export function decisionFor(ask: Ask, answer: Answer): string {
  if (answer.decision === "deny")
    return reply({ behavior: "deny", message: answer.reason || "Denied; no reason was given." });
  if (ask.kind === "question") {
    const answers = { answers: answersFor(ask.questions, answer.answers ?? {}) };
    return reply({ behavior: "allow", updatedInput: { ...Object(ask.input), ...answers } });
  }
  if (!answer.decision) throw invalid("a permission needs a decision, allow or deny");
  if (answer.answers) throw invalid("answers are for questions; this is a request to allow or deny");
  // Claude Code 2.1.330 takes no notice of a bare allow for a tool that asks the person by itself.
  const whole = ask.tool === "ExitPlanMode" || ask.tool === "AskUserQuestion";
  return reply({ behavior: "allow", ...(whole && { updatedInput: ask.input }) });
}

const invalid = (fact: string) => new TeamError("ANSWER_INVALID", fact);

const reply = (decision: object) =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: "PermissionRequest", decision } });

/** Question → what was chosen, as the terminal's own dialog gives it. Not every question needs an answer, but one of them does. */
function answersFor(questions: readonly Question[], given: NonNullable<Answer["answers"]>): Record<string, string> {
  const answers = Object.entries(given);
  const asked = questions.map((q) => q.question);
  if (answers.length === 0) throw invalid(`a question needs answers, by its text: ${asked.join(" | ")}`);
  const texts = answers.map(([text, chosen]) => {
    const question = questions.find((q) => q.question === text);
    if (!question) throw invalid(`"${text}" was not asked; asked: ${asked.join(" | ")}`);
    return [text, chosenText(question, chosen)];
  });
  return Object.fromEntries(texts);
}

/** Several labels are joined by a comma, and one with a comma in it stands in quotes. */
function chosenText({ question, multiSelect, options }: Question, chosen: string | string[]): string {
  const all = [chosen].flat();
  if (all.length === 0 || all.some((text) => text.trim() === "")) throw invalid(`the answer to "${question}" is empty`);
  if (typeof chosen === "string") return chosen;
  if (!multiSelect && all.length > 1) throw invalid(`"${question}" takes one answer, not ${all.length}`);
  const quoted = (text: string) => (options.some((o) => o.label === text) && text.includes(",") ? `"${text}"` : text);
  return multiSelect ? all.map(quoted).join(", ") : all.join();
}
