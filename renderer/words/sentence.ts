import type { Request } from "../../contract/request.ts";
import type { Phase, Worker } from "../../contract/worker.ts";

/** The one sentence about a worker that matters now: what it asks, what is wrong, what it does, or what it said last. */
export function sentence(worker: Worker): string {
  const { phase, problem, activity, lastReply } = worker;
  const said = lastReply ? firstWords(lastReply.text) : "";
  switch (phase.is) {
    case "asking":
      return asks(phase.requests);
    case "gone":
      return ending(phase.reason);
    case "starting":
      return problem?.text ?? "Starting";
    case "working":
      return problem?.text ?? activity ?? "Thinking";
    case "idle":
      return problem?.text ?? (said || "Ready for a first message");
  }
}

/** `ended by SIGTERM` and `closed` both read well after it. Whoever reads the panel is the person. */
export function ending(reason: string): string {
  if (reason === "closed by the person") return "Ended: closed by you";
  return reason.startsWith("ended") ? `E${reason.slice(1)}` : `Ended: ${reason}`;
}

function asks(requests: readonly Request[]): string {
  const [first, ...others] = requests;
  if (!first) return "";
  return others.length === 0 ? requestLine(first) : `${requestLine(first)} (and ${others.length} more)`;
}

/** A request on one line. */
export function requestLine(request: Request): string {
  switch (request.kind) {
    case "permission":
      if (isPlan(request)) return `Has a plan: ${firstLine(request.detail)}`;
      return `Wants to use ${request.tool}: ${firstLine(request.detail) || request.title}`;
    case "question":
      return request.questions[0]?.question ?? "Has a question";
    case "dialog":
      return dialogTitle(request);
  }
}

/** Claude Code 2.1.330 asks for a plan's approval as the permission to use this tool. */
export const isPlan = (request: Request): boolean => request.kind === "permission" && request.tool === "ExitPlanMode";

export function dialogTitle({ dialog }: Extract<Request, { kind: "dialog" }>): string {
  switch (dialog) {
    case "trust":
      return "Asks whether you trust this directory";
    case "api-key":
      return "Asks whether to use the API key it found";
    case "bypass":
      return "Asks you to accept that nothing will be asked";
    case "theme":
      return "Asks for a colour theme";
    case "sign-in":
      return "Asks you to sign in";
    case "elicitation":
      return "An MCP server asks something";
    case "unknown":
      return "Shows a dialog";
  }
}

export function phaseWord({ is }: Phase): string {
  return { starting: "Starting", idle: "Idle", working: "Working", asking: "Needs you", gone: "Ended" }[is];
}

/** The first line that says something: a heading only when nothing stands below it. Without the marks of Markdown. */
function firstWords(text: string): string {
  const lines = text.split("\n");
  const below = lines.find((line) => firstLine(line) !== "" && !/^\s*(#{1,6}\s|```|-{3,}|\|)/.test(line));
  return withoutStress(firstLine(below ?? text));
}

/** All of it, without the marks of headings, code and stress: for a place where Markdown is not set. */
export const unmarked = (text: string): string => withoutStress(text.replace(/^\s*(#{1,6}\s|```.*$)/gm, "").trim());

const withoutStress = (text: string) => text.replace(/(\*\*|__|`)(.+?)\1/g, "$2");

/** The first line with something in it, without the marks of headings, lists and quotes. */
export function firstLine(text: string): string {
  const line = text.split("\n").find((l) => l.trim() !== "") ?? "";
  return line.replace(/^\s*(#{1,6}|[-*>]|\d+\.)\s+/, "").trim();
}
