import {
  type CallToolResult,
  type Implementation,
  type InboundModernRoute,
  type Notification,
  SERVER_INFO_META_KEY,
} from "@modelcontextprotocol/server";
import type { Calls } from "./calls.ts";
import type { Handle } from "./legacy.ts";
import type { Tool } from "./tool.ts";
import { toolNamed } from "./tools.ts";

type Res = Parameters<Handle>[1];
type Headers = Parameters<Handle>[0]["headers"];

/** A tools/call of 2026-07-28 in which nothing is left to decide. */
export interface PlainCall {
  readonly id: string | number;
  readonly tool: Tool;
  readonly given: Readonly<Record<string, unknown>>;
  readonly progressToken: string | number | undefined;
}

/**
 * Whether a request that the SDK's classifier has found well-formed is such a call. Undefined for everything that is odd in any
 * way (a missing header, an unknown tool, arguments that are no object): the SDK has the words for that. Pure.
 */
export function plainCallOf({ messageKind, message, classification }: InboundModernRoute, headers: Headers) {
  if (messageKind !== "request" || message.method !== "tools/call" || classification.revision !== revision) return;
  const { name, arguments: given = {}, _meta } = message.params ?? {};
  const headersFit =
    headers["mcp-protocol-version"] === revision &&
    headers["mcp-method"] === "tools/call" &&
    headers["mcp-name"] === name;
  const tool = typeof name === "string" ? toolNamed(name) : undefined;
  if (!headersFit || !tool || !isRecord(given)) return;
  return { id: message.id, tool, given, progressToken: _meta?.progressToken } satisfies PlainCall;
}

const revision = "2026-07-28";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Answers it as the SDK would, without its server, transport and web streams for each request, which cost several times the
 * call itself (bench: tool.rtt). JSON, or an event stream from the first progress on; closing it cancels the call.
 */
export async function answerDirectly(
  call: PlainCall,
  res: Res,
  calls: Calls,
  serverInfo: Implementation,
): Promise<void> {
  const hungUp = new AbortController();
  res.once("close", () => hungUp.abort());

  async function notify(notification: Notification): Promise<void> {
    if (!res.headersSent) res.writeHead(200, eventStream);
    res.write(eventOf({ jsonrpc: "2.0", ...notification }));
  }

  const { id, tool, given, progressToken } = call;
  const _meta = progressToken === undefined ? undefined : { progressToken };
  const result = await calls.perform(tool, given, { signal: hungUp.signal, notify, _meta });
  const message = { jsonrpc: "2.0", id, result: complete(result, serverInfo) };
  if (res.headersSent) return void res.end(eventOf(message));
  const json = Buffer.from(JSON.stringify(message));
  res.writeHead(200, { "content-type": "application/json", "content-length": json.length });
  res.end(json);
}

const complete = (result: CallToolResult, serverInfo: Implementation) => ({
  ...result,
  resultType: "complete",
  _meta: { [SERVER_INFO_META_KEY]: serverInfo },
});

const eventOf = (message: unknown) => `event: message\ndata: ${JSON.stringify(message)}\n\n`;

const eventStream = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};
