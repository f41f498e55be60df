import type { ServerResponse } from "node:http";
import type { ErrorCode } from "../../contract/error.ts";
import type { Door, Refusal } from "./guard.ts";

/** On every answer: nothing of ours is guessed at, embedded elsewhere, or named to others. */
export const commonHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
} as const;

export function sendJson(
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...commonHeaders,
    ...headers,
  });
  res.end(body);
}

/** The body of a refusal: JSON-RPC's error at the MCP door, `{error: {code, message}}` elsewhere. */
function refusalBody({ status, message }: Refusal, door: Door | null): unknown {
  if (door === "mcp") return { jsonrpc: "2.0", id: null, error: { code: status === 400 ? -32700 : -32000, message } };
  const code: ErrorCode = status === 401 || status === 403 ? "NOT_ALLOWED" : "INPUT_INVALID";
  return { error: { code, message } };
}

export function refuse(res: ServerResponse, refusal: Refusal, door: Door | null): void {
  sendJson(res, refusal.status, refusalBody(refusal, door), refusal.headers);
}

/** A whole answer as bytes, for a socket that has no ServerResponse: a refused upgrade, a request that cannot be parsed. */
export function rawRefusal(refusal: Refusal): string {
  const body = JSON.stringify(refusalBody(refusal, null));
  const headers = {
    connection: "close",
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...commonHeaders,
    ...refusal.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${refusal.status} Refused\r\n${lines.join("")}\r\n${body}`;
}

/** The HTTP status that fits a failure of the team; 409 where the worker's state is in the way. */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 409;
}

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  INPUT_INVALID: 400,
  ANSWER_INVALID: 400,
  MESSAGE_EMPTY: 400,
  MESSAGE_IS_COMMAND: 400,
  DIRECTORY_MISSING: 400,
  NOT_ALLOWED: 403,
  DIRECTORY_OUTSIDE_ROOTS: 403,
  WORKER_UNKNOWN: 404,
  MESSAGE_UNKNOWN: 404,
  REQUEST_GONE: 404,
  WORKER_GONE: 410,
  CANCELLED: 499,
  INTERNAL: 500,
  STORAGE_FAILED: 500,
  STOPPING: 503,
  STOPPED_MIDWAY: 503,
  TIMED_OUT: 504,
};
