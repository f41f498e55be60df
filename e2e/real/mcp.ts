import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CallToolResultSchema, ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";

export type Era = "2026-07-28" | "2025-11-25";

/** A program that leads: a real MCP client with the manager's token. */
export interface Manager extends AsyncDisposable {
  /** The structured result of a tool; a tool that fails throws ToolError. */
  call<T extends object = Record<string, unknown>>(tool: string, args?: object, options?: CallOptions): Promise<T>;
  tools(): Promise<readonly ListedTool[]>;
  readonly instructions: string | undefined;
  readonly protocol: string | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    progress: number;
    total?: number | undefined;
    message?: string | undefined;
  }) => void;
  /** Milliseconds without result or progress; default two minutes. */
  readonly timeout?: number;
}

export interface ListedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
  readonly outputSchema?: unknown;
  readonly annotations?: unknown;
}

/** How a person at the manager answers a form; default: cancels it. */
export type Elicited =
  | { action: "accept"; content: Record<string, string | number | boolean> }
  | { action: "decline" | "cancel" };

export interface ConnectOptions {
  /** The official SDK's current client (both eras) or its predecessor (2025-11-25 only). */
  readonly sdk?: "v2" | "v1";
  readonly elicit?: (message: string) => Elicited;
  /** Instead of the server's own token. */
  readonly token?: string;
}

/** A tool's failure as the model gets it, with the structured part where there is one. */
class ToolError extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(text: string, facts: Record<string, unknown>) {
    super(text);
    this.name = "ToolError";
    this.code = typeof facts.code === "string" ? facts.code : (/^([A-Z_]+):/.exec(text)?.[1] ?? "");
    this.facts = facts;
  }
}

export async function connectManager(
  server: { url: string; token: string },
  era: Era,
  options: ConnectOptions = {},
): Promise<Manager> {
  const request = { headers: { authorization: `Bearer ${options.token ?? server.token}` } };
  const elicit = options.elicit ?? (() => ({ action: "cancel" as const }));
  const url = new URL(server.url);
  return options.sdk === "v1" ? connectOld(url, request, elicit) : connectNew(url, request, elicit, era);
}

const about = { name: "claude-team-e2e", version: "0" };
const capabilities = { elicitation: { form: {} } };
type Elicit = (message: string) => Elicited;

async function connectNew(url: URL, requestInit: RequestInit, elicit: Elicit, era: Era): Promise<Manager> {
  const mode = era === "2026-07-28" ? { pin: era } : ("legacy" as const);
  const client = new Client(about, { capabilities, versionNegotiation: { mode } });
  client.setRequestHandler("elicitation/create", ({ params }) => elicit(params.message));
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return {
    call: async <T extends object>(name: string, args = {}, options: CallOptions = {}) =>
      resultOf(await client.callTool({ name, arguments: { ...args } }, requestOptions(options))) as T,
    tools: async () => (await client.listTools()).tools,
    instructions: client.getInstructions(),
    protocol: client.getNegotiatedProtocolVersion(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

async function connectOld(url: URL, requestInit: RequestInit, elicit: Elicit): Promise<Manager> {
  const client = new OldClient(about, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params.message));
  const transport = new OldTransport(url, { requestInit });
  await client.connect(transport as Parameters<OldClient["connect"]>[0]);
  return {
    call: async <T extends object>(name: string, args = {}, options: CallOptions = {}) =>
      resultOf(
        await client.callTool({ name, arguments: { ...args } }, CallToolResultSchema, requestOptions(options)),
      ) as T,
    tools: async () => (await client.listTools()).tools,
    instructions: client.getInstructions(),
    protocol: transport.protocolVersion,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

const requestOptions = ({ signal, onProgress, timeout = 120_000 }: CallOptions) => ({
  timeout,
  resetTimeoutOnProgress: true,
  ...(signal && { signal }),
  ...(onProgress && { onprogress: onProgress }),
});

const toolResult = z.looseObject({
  isError: z.boolean().optional(),
  content: z.array(z.looseObject({ text: z.string().optional() })).default([]),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
});

function resultOf(result: unknown): Record<string, unknown> {
  const { isError, content, structuredContent = {} } = toolResult.parse(result);
  if (!isError) return structuredContent;
  throw new ToolError(content.map(({ text = "" }) => text).join("\n"), structuredContent);
}
