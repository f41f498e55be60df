import type { Output } from "../../contract/commands.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { inert, oneLine } from "./inert.ts";
import { requestText } from "./request-text.ts";

/** `12s`, `5m`, `3h`, `2d`. */
function age(ms: number): string {
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

const requestsText = (worker: Worker) =>
  requestsOf(worker)
    .map((request) => `${requestText(request, worker)}\n`)
    .join("");

const requestsOf = ({ phase }: Worker) => (phase.is === "asking" ? phase.requests : []);

/** The answer to a message, or why there is none. */
export function replyText({ outcome, text, problem, worker }: Reply): string {
  const said = text === null ? "" : `${inert(text)}\n`;
  if (outcome === "answered") return said;
  return `${said}(${worker.id}: ${outcome}${problem ? `, ${oneLine(problem.text)}` : ""})\n${requestsText(worker)}`;
}

/** Two lines a worker: who and in what phase, then the one thing that matters now; and how many are not shown. */
export function listText(workers: readonly Worker[], hidden: number, now: number, columns: number): string {
  const more = hidden > 0 ? `${hidden} ended; --all shows ${hidden === 1 ? "it" : "them"}.\n` : "";
  return (workers.length > 0 ? rowsText(workers, now, columns) : nobody) + more;
}

const nobody =
  "No workers. A manager spawns them, or you do, here (claude-team spawn DIR TASK) or in the panel (claude-team open).\n";

function rowsText(workers: readonly Worker[], now: number, columns: number): string {
  const rows = workers.map((w) => [w.id, oneLine(w.name), w.phase.is, age(now - w.since), oneLine(w.cwd)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return workers.map((worker, i) => `${lines[i]}\n${indent(matter(worker), columns)}`).join("");
}

/** The one sentence about a worker that matters now; empty when there is none. */
function matter(worker: Worker): string {
  const { phase, problem, activity, lastReply } = worker;
  if (phase.is === "asking") return phase.requests.map(requestLine).join("; ");
  if (phase.is === "gone") return phase.reason;
  return problem?.text ?? activity ?? lastReply?.text ?? "";
}

function indent(text: string, columns: number): string {
  const line = oneLine(text);
  if (!line) return "";
  const most = Math.max(20, columns - 4);
  return `    ${line.length > most ? `${line.slice(0, most - 1)}…` : line}\n`;
}

function requestLine(request: Request): string {
  if (request.kind === "question") return `asks: ${request.questions.map((q) => q.question).join(" / ")}`;
  return request.kind === "permission"
    ? `wants ${request.tool}: ${request.detail}`
    : `shows a dialog: ${request.detail}`;
}

/** What never got a prompt has nothing to go on with. */
const wayBack = ({ id, transcript }: Worker) => (transcript ? [`  → claude-team resume ${id}`] : []);

/** Everything about one worker. */
export function statusText({ worker, screen, screenError }: Output<"status">, now: number): string {
  const { phase } = worker;
  const parts = [
    `${worker.id} ${oneLine(worker.name)}: ${phase.is}, for ${age(now - worker.since)}`,
    `  in ${oneLine(worker.cwd)}${worker.branch ? ` on ${oneLine(worker.branch)}` : ""}`,
    ...worker.why.map((r) => `  ${r.agrees ? "because" : "although"} ${r.signal}: ${oneLine(r.says)}`),
    ...(phase.is === "gone" ? [`  ${oneLine(phase.reason)}`, ...wayBack(worker)] : []),
    ...(worker.problem ? [`  problem: ${oneLine(worker.problem.text)}`] : []),
    ...requestsOf(worker).map((request) => requestText(request, worker)),
    ...worker.receipts.slice(-5).map((r) => `  ${r.id} ${r.state}: ${oneLine([r.text, ...r.notes].join(" · "))}`),
    ...(screen ?? [`(no screen: ${oneLine(screenError ?? "")})`]).map((row) => `  │ ${inert(row)}`),
  ];
  return `${parts.join("\n")}\n`;
}
