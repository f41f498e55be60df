import type { Ask } from "../../contract/observation.ts";
import type { Answer, Request } from "../../contract/request.ts";

/** A tool call whose result has not been written yet. */
export interface OpenTool {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  readonly at: number;
}

/** One open hook request with what we know of its life. */
export interface Asked {
  readonly id: string;
  readonly at: number;
  readonly ask: Ask;
  /** The subagent that asks. Its dialog is shown only once we let the hook call go (seen in Claude Code 2.1.330). */
  readonly agent: string | null;
  /** Our hook call still waits, so the answer can go through it. */
  readonly held: boolean;
  /** Live status has been `waiting` since it came. */
  readonly shown: boolean;
  readonly proposal: Request["proposal"];
}

/** Another request came in. */
export function opened(asked: readonly Asked[], ask: Ask, at: number, waiting: boolean): Asked[] {
  const { request: id, agent } = ask;
  return [...asked, { id, at, ask, agent, held: true, shown: waiting && agent === null, proposal: null }];
}

/** Live status says `waiting`: every request that Claude can show is shown now, one after another. */
export function shown(asked: readonly Asked[]): Asked[] {
  return asked.map((a) => ({ ...a, shown: a.shown || a.agent === null || !a.held }));
}

/** Live status left `waiting`, or the turn stopped: what had been shown has been settled. A subagent's held request goes on. */
export function closeShown(asked: readonly Asked[], at: number): Asked[] {
  return asked.filter((a) => (a.agent !== null && a.held) || !(a.shown || at - a.at > settleMs));
}

/** Hook and status come within 30 ms of each other, in either order; a status older than this is no answer to the hook. */
const settleMs = 1000;

/** A tool returned: the request for it was answered somewhere. The oldest one, when several look alike. */
export function closeAnswered(asked: readonly Asked[], tool: OpenTool | undefined): readonly Asked[] {
  const answered = tool && asked.find((a) => concerns(a.ask, tool));
  return answered ? asked.filter((a) => a !== answered) : asked;
}

/** PermissionRequest carries no tool_use_id (Claude Code 2.1.330), so request and call are matched by what they would do. */
function concerns(ask: Ask, tool: OpenTool): boolean {
  if (ask.tool !== tool.tool) return false;
  // The hook's copy of a plan holds its text, which the call itself does not (2.1.330); there is one plan at a time.
  if (ask.tool === "ExitPlanMode") return true;
  // The hook's copy of a question has defaults filled in; its texts are what identifies it.
  if (ask.kind === "question")
    return ask.questions.every((q) => JSON.stringify(tool.input).includes(JSON.stringify(q.question)));
  return sameValue(ask.input, tool.input);
}

export function propose(asked: readonly Asked[], id: string, answer: Answer, at: number): Asked[] {
  return asked.map((a) => (a.id === id ? { ...a, proposal: { answer, at } } : a));
}

export function toRequest(asked: Asked): Request {
  const { id, at, ask, proposal } = asked;
  const via = asked.held ? ("hook" as const) : ("key" as const);
  if (ask.kind === "question")
    return { id, at, via, proposal, kind: "question", questions: ask.questions, agent: ask.agent };
  const { tool, title, detail, changes, agent } = ask;
  const words = { tool, title, detail, ...(changes && { changes }) };
  return { id, at, via, proposal, kind: "permission", ...words, agent };
}

/** Deep equality of JSON values, whatever the order of keys. */
function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(b).length && left.every(([key, value]) => sameValue(value, right[key]));
}
