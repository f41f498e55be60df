import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { toTeamError } from "../../contract/error.ts";
import { rawRefusal, refuse } from "./answer.ts";
import { type Doors, fail } from "./doors.ts";
import { type Admitted, admit, type Refusal } from "./guard.ts";
import type { HttpOptions } from "./options.ts";
import type { Panel } from "./panel.ts";

/** Where every request comes in: asked for its rights, then led to its door. */
export interface Front {
  visit(req: IncomingMessage, res: ServerResponse): Promise<void>;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface FrontDeps {
  readonly options: HttpOptions;
  readonly panel: Panel;
  readonly doors: Doors;
  readonly sockets: WebSocketServer;
  /** Known once the server listens. */
  port(): number;
}

export function createFront({ options, panel, doors, sockets, port }: FrontDeps): Front {
  const { authorise, handlers, report } = options;

  function ask(req: IncomingMessage, path: string): Admitted | Refusal {
    const { method = "", headers } = req;
    return admit({ method, path, headers }, { port: port(), authorise, isFile: panel.has });
  }

  async function visit(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = pathOf(req);
    const spoken = path === "/mcp" ? "mcp" : null;
    try {
      const verdict = ask(req, path);
      if ("status" in verdict) refuse(res, verdict, spoken);
      else await doors[verdict.door]({ ...verdict, req, res, path, port: port() });
    } catch (cause) {
      fail(res, toTeamError(cause, report), spoken);
    }
  }

  function upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", ignore);
    try {
      const verdict = ask(req, pathOf(req));
      if ("status" in verdict) hangUp(socket, verdict);
      else if (verdict.door !== "bridge") hangUp(socket, noUpgradeHere);
      else sockets.handleUpgrade(req, socket, head, welcome);
    } catch (cause) {
      hangUp(socket, { status: 500, message: toTeamError(cause, report).message });
    }
  }

  function welcome(ws: WebSocket): void {
    ws.on("error", ignore);
    handlers.socket(ws);
  }

  return { visit, upgrade };
}

const noUpgradeHere: Refusal = { status: 400, message: "Only /bridge takes an upgrade. Use plain HTTP/1.1." };

/** A connection that broke, or a frame that was too large: its close event follows. Without a listener the process would end. */
function ignore(): void {}

/** What cannot be parsed, or is sent too slowly, gets an answer too, unless one is already under way on this connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy();
  hangUp(
    socket,
    unreadable[error.code ?? ""] ?? { status: 400, message: "This is not HTTP/1.1. Send a plain request." },
  );
}

const unreadable: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: "The request took too long to arrive. Send it at once." },
  HPE_HEADER_OVERFLOW: { status: 431, message: "The headers are over 16 kB. Send fewer." },
};

function hangUp(socket: Duplex, refusal: Refusal): void {
  socket.end(rawRefusal(refusal), () => socket.destroy());
}

/** The path as it was written. Nothing is decoded or resolved: doors and files are compared with it letter by letter. */
function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}
