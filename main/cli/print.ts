import type { Output } from "../../contract/commands.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";

/** Text of others for a person's terminal: on one line, and without anything a terminal would obey. */
export const oneLine = (text: string): string => inert(text).replace(/\s+/g, " ").trim();

/** The same, line by line. */
export const inert = (text: string): string =>
  text.replace(/\t/g, "    ").replace(/[^\P{Cc}\n]|\p{Bidi_Control}/gu, "");

/** `12s`, `5m`, `3h`, `2d`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

/** A worker that was just started, stopped or ended: one line, and what it asks. */
export function workerText(worker: Worker): string {
  const { id, phase, problem } = worker;
  const name = worker.name === id ? "" : ` ${oneLine(worker.name)}`;
  const more = phase.is === "gone" ? phase.reason : (problem?.text ?? `in ${worker.cwd}`);
  return `${id}${name}: ${phase.is}, ${oneLine(more)}\n${requestsText(worker)}`;
}

const requestsText = ({ phase }: Worker) =>
  phase.is === "asking" ? phase.requests.map((request) => `${requestText(request)}\n`).join("") : "";

/** The answer to a message, or why there is none. */
export function replyText({ outcome, text, problem, worker }: Reply): string {
  const said = text === null ? "" : `${inert(text)}\n`;
  if (outcome === "answered") return said;
  return `${said}(${worker.id}: ${outcome}${problem ? `, ${oneLine(problem.text)}` : ""})\n${requestsText(worker)}`;
}

/** Two lines a worker: who and in what phase, then the one thing that matters now; and how many are not shown. */
export function listText(workers: readonly Worker[], hidden: number, now: number): string {
  const more = hidden > 0 ? `${hidden} ended; claude-team list --all shows ${hidden === 1 ? "it" : "them"}.\n` : "";
  return (workers.length > 0 ? rowsText(workers, now) : nobody) + more;
}

const nobody = "No workers. A manager spawns them, or you do: claude-team spawn DIR TASK, or claude-team open.\n";

function rowsText(workers: readonly Worker[], now: number): string {
  const rows = workers.map((w) => [w.id, oneLine(w.name), w.phase.is, age(now - w.since), oneLine(w.cwd)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return workers.map((worker, i) => `${lines[i]}\n${indent(matter(worker))}`).join("");
}

/** The one sentence about a worker that matters now; empty when there is none. */
function matter(worker: Worker): string {
  const { phase, problem, activity, lastReply } = worker;
  if (phase.is === "asking") return phase.requests.map(requestLine).join("; ");
  if (phase.is === "gone") return phase.reason;
  return problem?.text ?? activity ?? lastReply?.text ?? "";
}

const indent = (text: string) => (text ? `    ${oneLine(text).slice(0, 160)}\n` : "");

function requestLine(request: Request): string {
  if (request.kind === "question") return `asks: ${request.questions.map((q) => q.question).join(" / ")}`;
  return request.kind === "permission"
    ? `wants ${request.tool}: ${request.detail}`
    : `shows a dialog: ${request.detail}`;
}

/** Everything about one worker. */
export function statusText({ worker, screen, screenError }: Output<"status">, now: number): string {
  const { phase } = worker;
  const parts = [
    `${worker.id} ${oneLine(worker.name)}: ${phase.is}, for ${age(now - worker.since)}`,
    `  in ${oneLine(worker.cwd)}${worker.branch ? ` on ${oneLine(worker.branch)}` : ""}`,
    ...worker.why.map((r) => `  ${r.agrees ? "because" : "although"} ${r.signal}: ${oneLine(r.says)}`),
    ...(phase.is === "gone" ? [`  ${oneLine(phase.reason)}`] : []),
    ...(worker.problem ? [`  problem: ${oneLine(worker.problem.text)}`] : []),
    ...(phase.is === "asking" ? phase.requests.map(requestText) : []),
    ...worker.receipts.slice(-5).map((r) => `  ${r.id} ${r.state}: ${oneLine([r.text, ...r.notes].join(" · "))}`),
    ...(screen ?? [`(no screen: ${oneLine(screenError ?? "")})`]).map((row) => `  │ ${inert(row)}`),
  ];
  return `${parts.join("\n")}\n`;
}

/** A request with its exact text, and how to answer it. */
export function requestText(request: Request): string {
  const head = `  request ${request.id}, ${requestWord(request)}:`;
  if (request.kind !== "question") return `${head}\n${block(request.detail)}`;
  const questions = request.questions.map((q) =>
    [q.question, ...q.options.map((o) => `  - ${o.label}${o.description && `: ${o.description}`}`)].join("\n"),
  );
  return `${head}\n${block(questions.join("\n"))}`;
}

function requestWord(request: Request): string {
  if (request.kind === "permission") return `permission for ${oneLine(request.tool)}`;
  return request.kind === "question" ? "question" : `${request.dialog} dialog`;
}

const block = (text: string) =>
  inert(text)
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
