import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Answer, ScriptedMessage } from "./answer.ts";
import type { MessagesBody } from "./conversation.ts";
import type { Gates } from "./gates.ts";
import { contentOf, planContent, type Step, type StreamEvent } from "./plan.ts";

const errorTypes: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  529: "overloaded_error",
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "request-id": "req_fake" });
  response.end(JSON.stringify(body));
}

export function sendError(response: ServerResponse, status: number): void {
  const type = errorTypes[status] ?? "api_error";
  sendJson(response, status, {
    type: "error",
    error: { type, message: `scripted ${status} ${type}` },
    request_id: "req_fake",
  });
}

/** Plays the answer into the response, in time. Ends early when `signal` aborts (the client left, or the API closes). */
export async function respond(
  response: ServerResponse,
  answer: Answer,
  body: MessagesBody,
  gates: Gates,
  signal: AbortSignal,
): Promise<void> {
  if (answer.is === "error") return sendError(response, answer.status);
  await delay(answer.before * 1000, undefined, { signal });
  if (body.stream) return sendStream(response, answer, body, gates, signal);
  for (const step of planContent(answer)) await wait(step, gates, signal);
  sendJson(response, 200, {
    ...emptyMessage(answer, body),
    content: contentOf(answer.beats),
    stop_reason: answer.stop,
    usage: usageOf(answer, body),
  });
}

async function sendStream(
  response: ServerResponse,
  answer: ScriptedMessage,
  body: MessagesBody,
  gates: Gates,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "request-id": `req_${answer.id}`,
  });
  const send = (event: StreamEvent) => response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  send({ type: "message_start", message: emptyMessage(answer, body) });
  send({ type: "ping" });
  for (const step of planContent(answer)) {
    if ("cut" in step) return breakOff(response);
    if ("send" in step) send(step.send);
    else await waitPinging(step, gates, signal, () => send({ type: "ping" }));
    if ("send" in step && step.send.type === "error") return void response.end();
  }
  const stop = { stop_reason: answer.stop, stop_sequence: null };
  send({ type: "message_delta", delta: stop, usage: usageOf(answer, body) });
  send({ type: "message_stop" });
  response.end();
}

/** Breaks the connection once everything before it is on its way. */
async function breakOff(response: ServerResponse): Promise<void> {
  await new Promise((sent) => response.write(": the connection breaks here\n\n", sent));
  response.destroy();
}

/** As the real API does, a stream that has nothing to say says `ping`. */
async function waitPinging(step: Step, gates: Gates, signal: AbortSignal, ping: () => void): Promise<void> {
  const timer = setInterval(ping, 1000);
  try {
    await wait(step, gates, signal);
  } finally {
    clearInterval(timer);
  }
}

async function wait(step: Step, gates: Gates, signal: AbortSignal): Promise<void> {
  if ("pause" in step) await delay(step.pause * 1000, undefined, { signal });
  if ("gate" in step) await gates.opened(step.gate, signal);
}

const emptyMessage = (answer: ScriptedMessage, body: MessagesBody) => ({
  id: answer.id,
  type: "message",
  role: "assistant",
  model: body.model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { ...usageOf(answer, body), output_tokens: 1 },
});

/** Tokens are guessed at four characters each. */
const tokens = (value: unknown) => Math.ceil(JSON.stringify(value).length / 4);

const usageOf = (answer: ScriptedMessage, body: MessagesBody) => ({
  input_tokens: 12,
  cache_creation_input_tokens: 200,
  cache_read_input_tokens: Math.max(0, tokens(body) - 200),
  output_tokens: tokens(contentOf(answer.beats)),
  service_tier: "standard",
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
});
