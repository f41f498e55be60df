import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, type TeamError, toTeamError } from "../../contract/error.ts";
import { commonHeaders, refuse, sendJson, statusOf } from "./answer.ts";
import { readJson } from "./body.ts";
import { type Admitted, type Door, maxBodyOf } from "./guard.ts";
import type { Held } from "./held.ts";
import type { HttpOptions } from "./options.ts";
import type { Panel } from "./panel.ts";

/** One admitted request. */
export interface Visit extends Admitted {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly path: string;
  readonly port: number;
}

/** What stands behind each door. */
export type Doors = Readonly<Record<Door, (visit: Visit) => Promise<void>>>;

export function createDoors({ handlers, report }: HttpOptions, panel: Panel, held: Held): Doors {
  return {
    async mcp(visit) {
      const { req, res } = visit;
      if (req.method !== "POST") return handlers.mcp(req, res, undefined);
      await withBody(visit, (body) => handlers.mcp(req, res, body));
    },

    hook: (visit) =>
      withBody(visit, async (body) => {
        const signal = held.signalFor(visit.res);
        const reply = await handlers.hook(visit.worker, body, signal).catch((cause: unknown) => {
          if (signal.aborted) return ""; // Nobody waits any more, or the server stops: no decision is ours then.
          throw cause;
        });
        visit.res.writeHead(reply ? 200 : 204, { "content-type": "text/plain; charset=utf-8", ...commonHeaders });
        visit.res.end(reply);
      }),

    session: (visit) =>
      withBody(visit, async (body) => {
        const secret = handlers.exchange(textIn(body, "code"));
        if (secret !== undefined) return sendJson(visit.res, 200, { secret });
        refuse(visit.res, codeSpent, null);
      }),

    cli: (visit) =>
      withBody(visit, async (body) => {
        try {
          const value = await handlers.cli(textIn(body, "call"), fieldOf(body, "input"), held.signalFor(visit.res));
          sendJson(visit.res, 200, { value: value ?? null });
        } catch (cause) {
          fail(visit.res, toTeamError(cause, report), "cli");
        }
      }),

    async bridge({ res }) {
      refuse(res, webSocketOnly, null);
    },

    panel: ({ res, path, port }) => panel.serve(res, path, port),
  };
}

const codeSpent = { status: 403, message: "This code was used, or is too old. Run claude-team open again." };
const webSocketOnly = { status: 426, message: "Connect with a WebSocket.", headers: { upgrade: "websocket" } };

/** Hands the parsed body on, or refuses the request. */
async function withBody({ req, res, door }: Visit, use: (body: unknown) => Promise<void>): Promise<void> {
  const read = await readJson(req, maxBodyOf(door));
  if ("body" in read) await use(read.body);
  else refuse(res, read, door);
}

/** Tells of a failure as the door's callers read it. One that has begun to answer can only hang up. */
export function fail(res: ServerResponse, error: TeamError, door: Door | null): void {
  const { code, message, facts } = error;
  if (res.headersSent) res.destroy();
  else if (door === "mcp") refuse(res, { status: statusOf(code), message: describe(error) }, door);
  else sendJson(res, statusOf(code), { error: { code, message, facts } });
}

/** A text of a foreign value; empty where there is none. */
function textIn(value: unknown, name: string): string {
  const field = fieldOf(value, name);
  return typeof field === "string" ? field : "";
}

/** An own property of a foreign value; undefined where there is none. */
function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}
