import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { token } from "../e2e/http/served.ts";

/** A thin client that keeps its connections: what it costs is the same for every server it calls. */
export interface Caller extends Disposable {
  start(port: number, body: string, headers?: Record<string, string>, path?: string): Exchange;
  /** The same, when only its end is of interest. */
  post(...call: Parameters<Caller["start"]>): Promise<Answer>;
}

export interface Exchange {
  /** Resolves with the first bytes of the answer's body. */
  readonly begun: Promise<void>;
  readonly answer: Promise<Answer>;
}

export interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export function createCaller(): Caller {
  const agent = new Agent({ keepAlive: true });
  const start: Caller["start"] = (port, body, headers = {}, path = "/mcp") => {
    const sent = request({
      host: "127.0.0.1",
      port,
      path,
      method: "POST",
      agent,
      headers: { ...usual, "content-length": Buffer.byteLength(body), ...headers },
    });
    const answered = once(sent, "response") as Promise<[IncomingMessage]>;
    sent.end(body);
    let begin = () => {};
    const begun = new Promise<void>((done) => {
      begin = done;
    });
    return { begun, answer: answered.then(([answer]) => read(answer, begin)) };
  };
  return { start, post: (...call) => start(...call).answer, [Symbol.dispose]: () => agent.destroy() };
}

async function read(answer: IncomingMessage, begin: () => void): Promise<Answer> {
  const parts: Buffer[] = [];
  for await (const part of answer) {
    begin();
    parts.push(part);
  }
  return { headers: answer.headers, body: Buffer.concat(parts).toString() };
}

const usual = {
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};

const about = { name: "bench", version: "0" };

/** A tool call as Claude Code 2.1.330 makes it: revision 2026-07-28, its headers and envelope. */
export function modernCall(
  name: string,
  args: object,
  meta: Record<string, unknown> = {},
): [string, Record<string, string>] {
  const _meta = {
    ...meta,
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": about,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name };
  return [rpc("tools/call", { name, arguments: args, _meta }), headers];
}

/** The same in a session of 2025-11-25, which is begun first. */
export async function legacyCall(
  { post }: Caller,
  port: number,
  name: string,
  args: Record<string, unknown>,
): Promise<[string, Record<string, string>]> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: about };
  const { headers } = await post(port, rpc("initialize", params));
  const session = { "mcp-protocol-version": "2025-11-25", "mcp-session-id": String(headers["mcp-session-id"]) };
  return [rpc("tools/call", { name, arguments: args }), session];
}

export const rpc = (method: string, params: unknown): string =>
  JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
