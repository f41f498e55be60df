import type { IncomingMessage, ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import type { Authorise } from "./guard.ts";

export interface HttpOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** The built panel; it may not be there. */
  readonly panelDir: string;
  readonly authorise: Authorise;
  readonly handlers: Handlers;
  /** Told of every fault of our own, with the id its caller got. */
  report(id: string, cause: unknown): void;
  readonly patience?: Patience;
}

export interface Handlers {
  /** `body` is parsed JSON; undefined but for POST. */
  mcp(req: IncomingMessage, res: ServerResponse, body: unknown): Promise<void>;
  /** The reply's text, empty for none; the signal aborts when the hook's process hangs up first. */
  hook(worker: string, body: unknown, signal: AbortSignal): Promise<string>;
  /** A secret for a panel's single-use code. */
  exchange(code: string): string | undefined;
  /** A page of ours; its first frame must still show the secret. */
  socket(ws: WebSocket): void;
  cli(call: string, input: unknown, signal: AbortSignal): Promise<unknown>;
}

/** How long a client may take to send its head and its whole request, in milliseconds. An answer may take as long as it likes. */
export interface Patience {
  readonly head: number;
  readonly request: number;
  readonly checkEvery: number;
}
