import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { inert, oneLine } from "./inert.ts";

/** A request with its exact text, and how to answer it. */
export function requestText(request: Request, worker: Worker): string {
  const head = `  request ${request.id}, ${requestWord(request)}:`;
  const proposed = request.proposal ? "    A manager has proposed an answer; it waits for yours.\n" : "";
  return `${head}\n${block(detailOf(request))}\n${proposed}    → ${howToAnswer(request, worker)}`;
}

function detailOf(request: Request): string {
  if (request.kind !== "question") return request.detail;
  return request.questions
    .map((q) =>
      [q.question, ...q.options.map((o) => `  - ${o.label}${o.description && `: ${o.description}`}`)].join("\n"),
    )
    .join("\n");
}

function requestWord(request: Request): string {
  if (request.kind === "permission") return `permission for ${oneLine(request.tool)}`;
  return request.kind === "question" ? "question" : `${request.dialog} dialog`;
}

function howToAnswer(request: Request, { id, phase, terminal }: Worker): string {
  if (request.via === "terminal") return terminal.host === "tmux" ? `claude-team attach ${id}` : "claude-team open";
  const which = phase.is === "asking" && phase.requests.length > 1 ? ` --request ${request.id}` : "";
  if (request.kind !== "question") return `claude-team answer ${id} allow${which}, or deny`;
  const several = request.questions.length > 1;
  return `claude-team answer ${id}${which} --choose ${several ? "QUESTION=ANSWER, once for each" : "ANSWER"}`;
}

const block = (text: string) =>
  inert(text)
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
