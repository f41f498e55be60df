import { chmodSync, mkdirSync, renameSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import type { Cookies } from "./cookies.ts";
import { acceptance, faultOf, type Refusal, refusalBytes } from "./handshake.ts";

export interface ListenerDeps {
  readonly path: string;
  readonly protocolVersion: string;
  readonly cookies: Cookies;
  /** A client was let in; returns what hears its bytes. */
  readonly welcome: (socket: Socket, name: string) => (chunk: Buffer) => void;
  readonly refused: (refusal: Refusal) => void;
}

/** The API's socket while it is on. */
export interface Listener {
  /** Ends all connections at once; the file stays, and nobody answers there any more. */
  close(): Promise<void>;
}

/** Rejects when the socket cannot be made. */
export async function listen(deps: ListenerDeps): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer({ maxHeaderSize: 1 << 20 });
  server.maxHeadersCount = 0;
  const refuse = (socket: Socket, refusal: Refusal) => {
    deps.refused(refusal);
    socket.end(refusalBytes(refusal));
  };
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // The client left in the middle: `close` follows.
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("clientError", (_, socket) => refuse(socket as Socket, { status: 400, because: "it is no HTTP request" }));
  server.on("request", ({ socket }) => refuse(socket, { status: 400, because: "it asks for no upgrade" }));
  server.on("upgrade", (request, socket, head) => upgrade(request, socket as Socket, head, deps, refuse));
  await bind(server, deps.path);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function upgrade(
  request: IncomingMessage,
  socket: Socket,
  head: Buffer,
  { cookies, welcome, protocolVersion }: ListenerDeps,
  refuse: (socket: Socket, refusal: Refusal) => void,
): void {
  const { headers } = request;
  const fault = faultOf(request);
  if (fault) {
    refuse(socket, fault);
    return;
  }
  if (!cookies.spend(headers["x-iterm2-cookie"]?.toString())) {
    const asks = headers["x-iterm2-disable-auth-ui"] === undefined;
    const because = asks ? "no cookie; iTerm2 would ask in a dialog" : "no cookie that is good";
    refuse(socket, { status: 401, because });
    return;
  }
  socket.setTimeout(0);
  socket.write(acceptance(String(headers["sec-websocket-key"]), protocolVersion));
  const receive = welcome(socket, headers["x-iterm2-advisory-name"]?.toString() ?? "");
  socket.on("data", receive);
  if (head.length > 0) receive(head);
}

/** Node removes the file it has bound when it closes; iTerm2 leaves it. So it is bound under another name. */
async function bind(server: Server, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.new`;
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen({ path: fresh, backlog: 5 }, () => done());
  });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
}
