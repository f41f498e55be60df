import { EventEmitter, once } from "node:events";
import { type CallToolResult, Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { type HttpServer, listen } from "../../main/http/listen.ts";
import type { HttpOptions } from "../../main/http/options.ts";
import { createMcp, type McpOptions } from "../../main/mcp/mcp.ts";
import { type ScriptedTeam, scriptedTeam } from "./scripted-team.ts";

export const token = "manager-token";
export const personToken = "person-token";

export interface Served extends AsyncDisposable {
  readonly scripted: ScriptedTeam;
  readonly http: HttpServer;
  readonly url: URL;
  /** Every count of managers that was told, in order. */
  readonly managers: number[];
  /** Resolves when this count is the newest one told. */
  managersAre(count: number): Promise<void>;
  /** Faults of our own. */
  readonly reported: unknown[];
  /** As the house stops: first the MCP door, then the server. */
  stop(): Promise<void>;
}

/** The two doors over a scripted team, on a free port. */
export async function serve(options: Partial<McpOptions> & Partial<HttpOptions> = {}): Promise<Served> {
  const scripted = scriptedTeam();
  const managers: number[] = [];
  const reported: unknown[] = [];
  const report = (_id: string, cause: unknown) => void reported.push(cause);
  const told = new EventEmitter();
  const onManagers = (count: number) => {
    managers.push(count);
    told.emit("managers");
  };
  const managersAre = async (count: number) => {
    while (managers.at(-1) !== count) await once(told, "managers");
  };
  const mcp = createMcp({ team: scripted.team, version: "1.2.3", onManagers, report, ...options });
  const http = await listen({
    port: 0,
    panelDir: "/nonexistent",
    authorise: { manager: (given) => given === token, person: (given) => given === personToken, worker: () => false },
    report,
    ...options,
    handlers: { ...closedDoors, mcp: mcp.handle, ...options.handlers },
  });
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= mcp.close().then(() => http.close()));
  const url = new URL(`${http.url}/mcp`);
  return { scripted, http, url, managers, managersAre, reported, stop, [Symbol.asyncDispose]: stop };
}

const closedDoors = {
  hook: async () => "",
  exchange: () => undefined,
  socket: () => {},
  cli: async () => null,
};

const requestInit = { headers: { authorization: `Bearer ${token}` } };
const name = { name: "test", version: "0" };

/** A client of SDK v2, in the era wanted. */
export async function connect(url: URL, era: "modern" | "legacy"): Promise<Client> {
  const mode = era === "modern" ? { pin: "2026-07-28" } : "legacy";
  const client = new Client(name, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return client;
}

export type CallTool = (name: string, args?: Record<string, unknown>) => Promise<Told>;

/** What a tool call brought back. */
export interface Told {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
}

/** Calls tools through a client that checks every result against the tool's output schema. */
export async function callerOf(client: Client): Promise<CallTool> {
  await client.listTools();
  return async (name, args = {}) => toldBy(await client.callTool({ name, arguments: args }));
}

export function toldBy({ isError, content, structuredContent }: CallToolResult): Told {
  const [first] = content;
  const text = first?.type === "text" ? first.text : "";
  return { isError: isError ?? false, text, data: structuredContent as Record<string, unknown> };
}
