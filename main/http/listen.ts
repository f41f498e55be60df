import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { TeamError, toTeamError } from "../../contract/error.ts";
import { createDoors } from "./doors.ts";
import { answerUnreadable, createFront } from "./front.ts";
import { createHeld } from "./held.ts";
import type { HttpOptions, Patience } from "./options.ts";
import { openPanel } from "./panel.ts";

export interface HttpServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Answers what is held (STOPPED_MIDWAY; a hook gets an empty reply), ends every connection, and frees the port. */
  close(): Promise<void>;
}

/** Node's own 30 s would let 200 slow clients sit for half a minute; every look wakes an idle server. */
const usualPatience: Patience = { head: 5_000, request: 15_000, checkEvery: 10_000 };
const closingGraceMs = 300;

/** Serves every door on 127.0.0.1 and nowhere else. Rejects with PORT_TAKEN. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  const panel = await openPanel(options.panelDir);
  const held = createHeld();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20, perMessageDeflate: false });
  const server = createBareServer(options.patience ?? usualPatience);
  let port = 0;
  const doors = createDoors(options, panel, held);
  const front = createFront({ options, panel, doors, sockets, port: () => port });

  server.on("request", (req, res) => void front.visit(req, res));
  server.on("upgrade", front.upgrade);
  server.on("clientError", answerUnreadable);
  port = await bind(server, options.port);
  // Such as too many open files: it goes on with the connections it has.
  server.on("error", (cause) => void toTeamError(cause, options.report));

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    await Promise.all([
      held.letGo(new TeamError("STOPPED_MIDWAY", "the server stops amid this call"), closingGraceMs),
      closeSockets(sockets),
    ]);
    server.closeAllConnections();
    await closed;
  }

  return { port, url: `http://127.0.0.1:${port}`, close };
}

function createBareServer(patience: Patience): Server {
  const server = createServer({
    headersTimeout: patience.head,
    requestTimeout: patience.request,
    // Node looks only every 30 s by itself.
    connectionsCheckingInterval: patience.checkEvery,
    keepAliveTimeout: 60_000,
    maxHeaderSize: 16_384,
    // The guard refuses a missing Host itself, with words.
    requireHostHeader: false,
  });
  server.maxConnections = 1_000;
  return server;
}

async function bind(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((cause: NodeJS.ErrnoException) => {
    throw new TeamError("PORT_TAKEN", `port ${port} cannot be used (${cause.code})`, { cause, facts: { port } });
  });
  return (server.address() as AddressInfo).port;
}

async function closeSockets(sockets: WebSocketServer): Promise<void> {
  const closed = [...sockets.clients].map((ws) => once(ws, "close"));
  for (const ws of sockets.clients) ws.close(1001, "claude-team stops");
  await Promise.race([Promise.all(closed), delay(closingGraceMs, undefined, { ref: false })]);
  for (const ws of sockets.clients) ws.terminate();
}
