import { NodeStreamableHTTPServerTransport } from "@modelcontextprotocol/node";
import { isInitializeRequest, type Server } from "@modelcontextprotocol/server";

export type Handle = NodeStreamableHTTPServerTransport["handleRequest"];
type Req = Parameters<Handle>[0];
type Res = Parameters<Handle>[1];

export interface LegacyDeps {
  createServer(): Server;
  /** Milliseconds. */
  now(): number;
  /** How many connections have a GET stream open; told on every change. */
  onListening(count: number): void;
  readonly limits: ConnectionLimits;
}

export interface ConnectionLimits {
  readonly most: number;
  /** A connection is forgotten when nothing came for so long, and nothing is open. */
  readonly idleMs: number;
}

/** The revisions before 2026-07-28: each client has a connection with an id (MCP's "session"), a transport and a server. */
export interface Legacy {
  handle: Handle;
  close(): Promise<void>;
}

interface Connection {
  readonly transport: NodeStreamableHTTPServerTransport;
  seen: number;
  /** Responses that have not ended; a GET stream is among them. */
  readonly open: Set<Res>;
  readonly streams: Set<Res>;
}

export function createLegacy({ createServer, now, onListening, limits }: LegacyDeps): Legacy {
  /** Least recently used first. */
  const connections = new Map<string, Connection>();
  let listening = 0;

  async function handle(req: Req, res: Res, body?: unknown): Promise<void> {
    const id = req.headers["mcp-session-id"];
    const known = typeof id === "string" ? connections.get(id) : undefined;
    if (known) await serve(known, req, res, body);
    else if (id !== undefined)
      refuse(res, 404, -32001, "Session not found: the server was restarted. Initialize again.");
    else if (isInitializeRequest(body)) await serve(await connect(), req, res, body);
    else refuse(res, req.method === "POST" ? 400 : 405, -32000, "A session id is needed. Initialize first.");
  }

  async function serve(connection: Connection, req: Req, res: Res, body: unknown): Promise<void> {
    const { transport, open, streams } = connection;
    connection.seen = now();
    if (transport.sessionId && connections.delete(transport.sessionId))
      connections.set(transport.sessionId, connection);
    open.add(res);
    if (req.method === "GET") streams.add(res);
    tellListening();
    res.once("close", () => {
      open.delete(res);
      streams.delete(res);
      tellListening();
    });
    await transport.handleRequest(req, res, body);
  }

  async function connect(): Promise<Connection> {
    await end(surplus([...connections.values()], now(), limits));
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => void connections.set(id, connection),
    });
    const connection: Connection = { transport, seen: now(), open: new Set(), streams: new Set() };
    transport.onclose = () => {
      connections.delete(transport.sessionId ?? "");
      tellListening();
    };
    await createServer().connect(transport);
    return connection;
  }

  function tellListening(): void {
    const current = [...connections.values()].filter(({ streams }) => streams.size > 0).length;
    if (current === listening) return;
    listening = current;
    onListening(current);
  }

  return { handle, close: () => end([...connections.values()]) };
}

async function end(connections: readonly Connection[]): Promise<void> {
  await Promise.all(connections.map(({ transport }) => transport.close()));
}

/** Which connections make room for one more: those idle too long, then the least recently used, idle ones first. Pure. */
function surplus(connections: readonly Connection[], now: number, { most, idleMs }: ConnectionLimits): Connection[] {
  const old = connections.filter(({ open, seen }) => open.size === 0 && now - seen > idleMs);
  const kept = connections.filter((c) => !old.includes(c));
  const idleFirst = [...kept.filter((c) => c.open.size === 0), ...kept.filter((c) => c.open.size > 0)];
  return [...old, ...idleFirst.slice(0, Math.max(0, kept.length + 1 - most))];
}

/** Answers with an error of JSON-RPC. */
export function refuse(res: Res, status: number, code: number, message: string): void {
  res.writeHead(status, { "content-type": "application/json", ...(status === 405 && { allow: "POST" }) });
  res.end(JSON.stringify({ jsonrpc: "2.0", id: null, error: { code, message } }));
}
