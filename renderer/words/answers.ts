import type { Answer, Question } from "../../contract/request.ts";

/** What a person has chosen for one question so far. */
export interface Choice {
  readonly labels: readonly string[];
  /** An answer in own words; with several choices one more of them, else instead of them. */
  readonly text: string;
}

export const noChoice: Choice = { labels: [], text: "" };

/** The choice after an option was clicked. */
export function toggled(question: Question, choice: Choice, label: string): Choice {
  if (!question.multiSelect) return { labels: [label], text: "" };
  const chosen = choice.labels.includes(label);
  return { ...choice, labels: chosen ? choice.labels.filter((l) => l !== label) : [...choice.labels, label] };
}

/** The choice after own words were typed. */
export function worded(question: Question, choice: Choice, text: string): Choice {
  return question.multiSelect || text === "" ? { ...choice, text } : { labels: [], text };
}

/** The answers to all questions; undefined while one of them has none. */
export function answersOf(questions: readonly Question[], choices: readonly Choice[]): Answer["answers"] {
  const pairs = questions.map((question, i) => [question.question, chosen(question, choices[i] ?? noChoice)] as const);
  return pairs.every(([, value]) => value.length > 0) ? Object.fromEntries(pairs) : undefined;
}

function chosen({ multiSelect, options }: Question, { labels, text }: Choice): string | string[] {
  const own = text.trim();
  if (!multiSelect) return own || (labels[0] ?? "");
  const inOrder = options.map(({ label }) => label).filter((label) => labels.includes(label));
  return own ? [...inOrder, own] : inOrder;
}
