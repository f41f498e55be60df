import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createWaiting } from "../../../main/demo/waiting.ts";
import { answerTo } from "./answer.ts";
import { type Asked, readAsked, readText } from "./asked.ts";
import { createGates } from "./gates.ts";
import { respond, sendError, sendJson } from "./respond.ts";

/** Names the text that is read for directives instead of the prompt; undefined leaves the prompt. */
export type Script = (asked: Asked) => string | undefined;

/** A Messages API whose answers are scripted by directives in the prompts (main/demo/directives.ts). */
export interface MessagesApi {
  /** `http://127.0.0.1:PORT`, for ANTHROPIC_BASE_URL. */
  readonly url: string;
  readonly requests: readonly Asked[];
  /** From now on asks this for each request. */
  script(script: Script): void;
  /** Lets the answers through that wait at `[[gate:name]]`, now and later. */
  open(gate: string): void;
  /** The first request, past or future, for which the predicate holds. */
  until(predicate: (asked: Asked) => boolean, signal?: AbortSignal): Promise<Asked>;
  close(): Promise<void>;
}

export async function startMessagesApi(options: { script?: Script } = {}): Promise<MessagesApi> {
  const requests: Asked[] = [];
  const waiting = createWaiting();
  const gates = createGates();
  const attemptOf = countAttempts();
  const closing = new AbortController();
  let script: Script = options.script ?? (() => undefined);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readAsked(request);
    requests.push(asked);
    waiting.changed();
    const standing = { ...asked, prompt: script(asked) ?? asked.prompt };
    const answer = answerTo(asked.body, standing, attemptOf(standing));
    const signal = AbortSignal.any([signalOfLeaving(response), closing.signal]);
    await respond(response, answer, asked.body, gates, signal);
  }

  const server = createServer((request, response) => {
    route(request, response, answer).catch((cause) => fail(response, cause));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script(next) {
      script = next;
    },
    open: gates.open,
    until: (predicate, signal) => waiting.until(() => requests.find(predicate), signal),
    close() {
      closing.abort();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Counts how often the same answer was asked for: Claude Code repeats a request that failed. */
function countAttempts(): (asked: Asked) => number {
  const attempts = new Map<string, number>();
  return ({ session, place, step, prompt, aside }) => {
    const key = JSON.stringify([session, place, step, prompt, aside]);
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    return attempt;
  };
}

function signalOfLeaving(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  response.once("close", () => left.abort());
  return left.signal;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "HEAD") return void response.writeHead(200).end();
  if (pathname === "/v1/messages" && request.method === "POST") return answer(request, response);
  const text = await readText(request);
  if (pathname === "/v1/messages/count_tokens") {
    return sendJson(response, 200, { input_tokens: Math.ceil(text.length / 4) });
  }
  if (pathname === "/v1/models") return sendJson(response, 200, { data: [], has_more: false });
  sendError(response, 404);
}

/** A request that cannot be read is the caller's fault; a client that left hears nothing. */
function fail(response: ServerResponse, cause: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const error = { type: "invalid_request_error", message: String(cause) };
  sendJson(response, 400, { type: "error", error });
}
