import type { Answer } from "../../contract/request.ts";
import { type Flags, UsageError } from "./args.ts";
import { type Command, exit } from "./command.ts";
import { homeOf, needServer } from "./talk.ts";

export const answer: Command = async ({ words: [worker = "", decision], flags }, world) => {
  const given = answerOf(decision, flags);
  const server = await needServer(homeOf(flags, world));
  const { request } = flags;
  const told = await server.call("answer", { worker, answer: given, ...(request !== undefined && { request }) });
  world.out(flags.json ? `${JSON.stringify(told)}\n` : `request ${told.request} ${told.outcome}\n`);
  return exit.done;
};

function answerOf(decision: string | undefined, { reason, choose }: Flags): Answer {
  if (decision !== undefined && decision !== "allow" && decision !== "deny") {
    throw new UsageError(`the answer is allow or deny, not ${JSON.stringify(decision)}; choices go with --choose`);
  }
  if (decision === undefined && !choose) throw new UsageError("answer with allow, deny or --choose QUESTION=ANSWER");
  return {
    ...(decision !== undefined && { decision }),
    ...(reason !== undefined && { reason }),
    ...(choose && { answers: answersOf(choose) }),
  };
}

/** A question named twice has several answers. */
function answersOf(choices: readonly string[]): NonNullable<Answer["answers"]> {
  const answers = new Map<string, string[]>();
  for (const choice of choices) {
    // Questions hold "=" less often than answers do, yet a label never ends a question.
    const at = choice.indexOf("=");
    if (at < 1) throw new UsageError(`--choose takes QUESTION=ANSWER, not ${JSON.stringify(choice)}`);
    const question = choice.slice(0, at);
    answers.set(question, [...(answers.get(question) ?? []), choice.slice(at + 1)]);
  }
  return Object.fromEntries(
    [...answers].map(([question, [first = "", ...rest]]) => [question, rest.length ? [first, ...rest] : first]),
  );
}
