import { TeamError } from "../../contract/error.ts";
import type { Answer } from "../../contract/request.ts";
import { type Flags, UsageError } from "./args.ts";
import type { Command } from "./command.ts";
import { oneLine } from "./inert.ts";
import { tell } from "./say.ts";
import { homeOf, needServer, type Server } from "./talk.ts";

export const answer: Command = async ({ words: [worker = "", decision], flags }, world) => {
  const { request, reason } = flags;
  const choices = flags.choose?.map(choiceOf);
  const decided = decisionOf(decision, flags);
  const server = await needServer(homeOf(flags, world));
  const sole = choices?.some(({ question }) => question === null) ? await soleQuestion(server, worker, request) : "";
  const given: Answer = {
    ...(decided && { decision: decided }),
    ...(reason !== undefined && { reason }),
    ...(choices && { answers: answersOf(choices, sole) }),
  };
  const told = await server.call("answer", { worker, answer: given, ...(request !== undefined && { request }) });
  return tell(world, flags, told, (done) => `request ${done.request} ${done.outcome}\n`);
};

function decisionOf(decision: string | undefined, { choose }: Flags): Answer["decision"] {
  if (decision === "allow" || decision === "deny") return decision;
  if (decision !== undefined)
    throw new UsageError(`the answer is allow or deny, not ${JSON.stringify(decision)}; choices go with --choose`);
  if (!choose) throw new UsageError("answer with allow, deny or --choose ANSWER");
  return undefined;
}

interface Choice {
  /** Null leaves it to the only question that is open. */
  readonly question: string | null;
  readonly answer: string;
}

/** Cut at the first "=": an answer holds one more often than a question does. */
function choiceOf(choice: string): Choice {
  const at = choice.indexOf("=");
  if (at === 0 || !choice) throw new UsageError(`--choose takes [QUESTION=]ANSWER, not ${JSON.stringify(choice)}`);
  return at < 0 ? { question: null, answer: choice } : { question: choice.slice(0, at), answer: choice.slice(at + 1) };
}

/** A question named twice has several answers. */
function answersOf(choices: readonly Choice[], sole: string): NonNullable<Answer["answers"]> {
  const answers = new Map<string, string[]>();
  for (const { question, answer } of choices) {
    const asked = question ?? sole;
    answers.set(asked, [...(answers.get(asked) ?? []), answer]);
  }
  return Object.fromEntries(
    [...answers].map(([question, [first = "", ...rest]]) => [question, rest.length ? [first, ...rest] : first]),
  );
}

/** The text of the question that is meant when none was named; throws REQUEST_GONE or ANSWER_INVALID unless there is exactly one. */
async function soleQuestion(server: Server, ref: string, request: string | undefined): Promise<string> {
  const { worker } = await server.call("status", { worker: ref });
  const open = worker.phase.is === "asking" ? worker.phase.requests : [];
  const questions = open
    .filter(({ id }) => request === undefined || id === request)
    .flatMap((asked) => (asked.kind === "question" ? asked.questions : []))
    .map(({ question }) => question);
  const [first, second] = questions;
  if (first === undefined) throw new TeamError("REQUEST_GONE", `${oneLine(worker.name)} asks no question now`);
  if (second === undefined) return first;
  const all = questions.map((question) => JSON.stringify(question)).join(", ");
  throw new TeamError(
    "ANSWER_INVALID",
    `several questions are open, so each answer names its own, as QUESTION=ANSWER: ${all}`,
  );
}
