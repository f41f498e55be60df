import { toNodeHandler } from "@modelcontextprotocol/node";
import { classifyInboundRequest, createMcpHandler, type ServerEventBus } from "@modelcontextprotocol/server";
import { toTeamError } from "../../contract/error.ts";
import type { Team } from "../team/commands.ts";
import { createCalls } from "./calls.ts";
import { answerDirectly, plainCallOf } from "./direct.ts";
import { type ConnectionLimits, createLegacy, type Handle, refuse } from "./legacy.ts";
import { createProtocolServer } from "./server.ts";

export interface McpOptions {
  readonly team: Team;
  readonly version: string;
  /** How many managers hold a connection: a listen stream (2026-07-28), or a session with its GET stream. Told on every change. */
  onManagers(count: number): void;
  /** Told of every fault of our own, with the id its caller got. */
  report(id: string, cause: unknown): void;
  /** Milliseconds; for forgetting idle sessions. */
  readonly now?: () => number;
  readonly progressEveryMs?: number;
  readonly connectionLimits?: ConnectionLimits;
}

export interface Mcp {
  /** One request that the guard has let in, its body parsed. */
  handle: Handle;
  /** Answers every call in flight with STOPPING or STOPPED_MIDWAY, gives the answers time to arrive, then ends every stream and session. */
  close(): Promise<void>;
}

/**
 * Claude Code 2.1.330 hangs on a call whose stream ends without its result; one that was answered before the streams end is
 * reported to its model at once.
 */
const answersArriveMs = 150;

/** A wait of an hour without a GET stream is still a session in use. */
const usualLimits: ConnectionLimits = { most: 64, idleMs: 2 * 3_600_000 };

/** The MCP door in both eras: 2026-07-28 without state, and 2025-11-25 and older with sessions. */
export function createMcp({ team, version, onManagers, report, ...options }: McpOptions): Mcp {
  const { now = Date.now, progressEveryMs = 10_000, connectionLimits: limits = usualLimits } = options;
  const managers = { modern: 0, legacy: 0 };
  const tellManagers = (changed: Partial<typeof managers>) => {
    Object.assign(managers, changed);
    onManagers(managers.modern + managers.legacy);
  };
  const calls = createCalls({ team, report, progressEveryMs });
  const serverInfo = { name: "claude-team", title: "claude-team", version };
  const createServer = () => createProtocolServer(serverInfo, calls);
  const legacy = createLegacy({ createServer, now, limits, onListening: (count) => tellManagers({ legacy: count }) });
  const bus = countingBus((count) => tellManagers({ modern: count }));
  const modern = createMcpHandler(createServer, { legacy: "reject", bus, maxSubscriptions: limits.most });
  const handleModern = toNodeHandler(modern, { onerror: (cause) => void toTeamError(cause, report) }) as Handle;
  let closed = false;

  const handle: Handle = async (req, res, body) => {
    if (closed) return refuse(res, 503, -32000, "claude-team is restarting. Call again in a few seconds.");
    const route = routeOf(req, body);
    if (route.kind === "legacy") return legacy.handle(req, res, body);
    const plain = route.kind === "modern" ? plainCallOf(route, req.headers) : undefined;
    await (plain ? answerDirectly(plain, res, calls, serverInfo) : handleModern(req, res, body));
  };

  async function close(): Promise<void> {
    if (calls.stop() > 0) await new Promise((resolve) => setTimeout(resolve, answersArriveMs));
    closed = true;
    await Promise.all([modern.close(), legacy.close()]);
  }

  return { handle, close };
}

function routeOf({ method = "", headers }: Parameters<Handle>[0], body: unknown) {
  const version = headers["mcp-protocol-version"];
  const rpcMethod = headers["mcp-method"];
  return classifyInboundRequest({
    httpMethod: method,
    body,
    ...(typeof version === "string" && { protocolVersionHeader: version }),
    ...(typeof rpcMethod === "string" && { mcpMethodHeader: rpcMethod }),
  });
}

/** Our lists never change while we run, so nothing is ever published: the bus only counts the streams that listen. */
function countingBus(onCount: (count: number) => void): ServerEventBus {
  let count = 0;
  return {
    publish() {},
    subscribe() {
      onCount(++count);
      return () => onCount(--count);
    },
  };
}
