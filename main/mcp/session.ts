import * as z from "zod";
import { type Receipt, receipt } from "../../contract/receipt.ts";
import type { Reply } from "../../contract/reply.ts";
import type { Request } from "../../contract/request.ts";
import { hostKind, type Phase, permissionMode, type Worker } from "../../contract/worker.ts";
import { start } from "../words/start.ts";

export const statuses = ["starting", "idle", "processing", "waiting_for_input", "closed"] as const;
export type Status = (typeof statuses)[number];

/** The ancestors' words for three of them. */
export const oldStatuses = { spawning: "starting", ready: "idle", busy: "processing" } as const satisfies Record<
  string,
  Status
>;

const byPhase: Readonly<Record<Phase["is"], Status>> = {
  starting: "starting",
  idle: "idle",
  working: "processing",
  asking: "waiting_for_input",
  gone: "closed",
};

export const statusOf = ({ phase }: Worker): Status => byPhase[phase.is];

const underway: readonly Receipt["state"][] = ["accepted", "typed", "submitted"];

/** Also while a message is on its way to an idle worker: who sends and looks at once is not told that it is done. */
export function isProcessing({ phase, receipts }: Worker): boolean {
  return phase.is === "working" || (phase.is === "idle" && receipts.some(({ state }) => underway.includes(state)));
}

/** How every tool is told which worker. */
export const sessionId = z.string().min(1).describe("Id or name of the worker");

/** A moment as callers see it: ISO 8601 with Z. */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** The start of a text, and a mark when there is more. */
export const cut = (text: string, max: number): string => (text.length > max ? `${start(text, max)}...` : text);

/** One open request of a worker; `answer_session` takes its `request_id`. */
export const askedRequest = z.object({
  request_id: z.string(),
  kind: z.enum(["permission", "question", "dialog"]),
  tool: z.string().optional(),
  dialog: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  questions: z
    .array(
      z.object({
        question: z.string(),
        header: z.string(),
        multi_select: z.boolean(),
        options: z.array(z.object({ label: z.string(), description: z.string() })),
      }),
    )
    .optional(),
  /** false: only by hand in the worker's own terminal. */
  answerable: z.boolean(),
  /** An answer was proposed already and waits for a person's click. */
  proposed: z.boolean(),
  asked_at: z.string(),
});

/** How far a message we sent has come; `text` is its start. */
export const sentMessage = receipt.pick({ id: true, text: true, state: true, notes: true });

export const sentMessageOf = ({ id, text, state, notes }: Receipt): z.output<typeof sentMessage> => ({
  id,
  text,
  state,
  notes,
});

/** A worker as MCP callers see it. The words here are the ancestors'. */
export const session = z.object({
  session_id: z.string(),
  name: z.string(),
  project_path: z.string(),
  claude_session_id: z.string().nullable(),
  status: z.enum(statuses),
  is_processing: z.boolean(),
  created_at: z.string(),
  last_activity: z.string(),
  message_count: z.number(),
  last_response_preview: z.string().nullable(),
  activity: z.string().nullable(),
  problem: z.string().nullable(),
  requests: z.array(askedRequest),
  model: z.string().nullable(),
  permission_mode: permissionMode,
  branch: z.string().nullable(),
  terminal: z.object({ host: hostKind, ref: z.string() }),
});

/** How many characters of a preview and of a request's detail are shown: of one worker, and of each in a list. */
const lengths = { whole: { preview: 500, detail: 4_000 }, listed: { preview: 120, detail: 300 } } as const;
type Length = keyof typeof lengths;

export function sessionOf(worker: Worker, length: Length = "whole"): z.output<typeof session> {
  return {
    session_id: worker.id,
    name: worker.name,
    project_path: worker.cwd,
    claude_session_id: worker.conversation,
    status: statusOf(worker),
    is_processing: isProcessing(worker),
    created_at: isoTime(worker.openedAt),
    last_activity: isoTime(worker.lastActivity),
    message_count: worker.messageCount,
    last_response_preview: worker.lastReply && cut(worker.lastReply.text, lengths[length].preview),
    activity: worker.activity,
    problem: problemOf(worker.problem),
    requests: requestsOf(worker, length),
    model: worker.model,
    permission_mode: worker.permissionMode,
    branch: worker.branch,
    terminal: worker.terminal,
  };
}

export const problemOf = (problem: Reply["problem"]): string | null => problem && `${problem.is}: ${problem.text}`;

export function requestsOf({ phase }: Worker, length: Length = "whole"): z.output<typeof askedRequest>[] {
  return phase.is === "asking" ? phase.requests.map((request) => requestOf(request, length)) : [];
}

export function requestOf(request: Request, length: Length = "whole"): z.output<typeof askedRequest> {
  const { id, kind, via, proposal, at } = request;
  const common = { answerable: via !== "terminal", proposed: proposal !== null, asked_at: isoTime(at) };
  return { request_id: id, kind, ...asked(request, lengths[length].detail), ...common };
}

function asked(request: Request, detailMax: number): Partial<z.output<typeof askedRequest>> {
  switch (request.kind) {
    case "permission":
      return { tool: request.tool, title: request.title, detail: cut(request.detail, detailMax) };
    case "dialog":
      return { dialog: request.dialog, detail: cut(request.detail, detailMax) };
    case "question":
      return { questions: request.questions.map(({ multiSelect, ...q }) => ({ ...q, multi_select: multiSelect })) };
  }
}

const onItsWay = "a message is on its way to it";

/** What a worker does now, on one line: `worker-1 (ana) is processing: npm test`. */
export function doing(worker: Worker): string {
  const { phase, activity, problem } = worker;
  const now = problem?.text ?? activity ?? (phase.is === "idle" && isProcessing(worker) ? onItsWay : null);
  const more = phase.is === "asking" ? phase.requests.map(gist).join(", ") : now;
  const who = worker.name === worker.id ? worker.id : `${worker.id} (${worker.name})`;
  return `${who} is ${statusOf(worker)}${more ? `: ${cut(more, 200)}` : ""}`;
}

function gist(request: Request): string {
  if (request.kind === "permission") return `permission for ${request.tool}, ${request.title}`;
  return request.kind === "dialog" ? `${request.dialog} dialog` : (request.questions[0]?.question ?? "question");
}
