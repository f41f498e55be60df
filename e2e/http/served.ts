import { EventEmitter, once } from "node:events";
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as TransportV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type HttpServer, listen } from "../../main/http/listen.ts";
import type { HttpOptions } from "../../main/http/options.ts";
import { createMcp, type McpOptions } from "../../main/mcp/endpoint.ts";
import { type ScriptedTeam, scriptedTeam } from "./scripted-team.ts";

export const token = "manager-token";

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
    authorise: { manager: (given) => given === token, worker: () => false },
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
export async function connect(url: URL, era: "modern" | "legacy"): Promise<ClientV2> {
  const mode = era === "modern" ? { pin: "2026-07-28" } : "legacy";
  const client = new ClientV2(name, { versionNegotiation: { mode } });
  await client.connect(new TransportV2(url, { requestInit }));
  return client;
}

/** A client of SDK v1. */
export async function connectV1(url: URL): Promise<ClientV1> {
  const client = new ClientV1(name);
  await client.connect(new TransportV1(url, { requestInit }) as Parameters<ClientV1["connect"]>[0]);
  return client;
}
