import type { Output } from "../../contract/commands.ts";
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

/** Two lines a worker: who and in what phase, then the one thing that matters now. */
export function listText(workers: readonly Worker[], now: number): string {
  if (workers.length === 0) return "No workers. A manager spawns them, or you do in the panel: claude-team open\n";
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
