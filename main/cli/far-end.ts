import {
  isInitializeRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  SdkHttpError,
  StreamableHTTPClientTransport,
} from "@modelcontextprotocol/client";
import { describe, TeamError } from "../../contract/error.ts";
import type { Running } from "../home/running.ts";
import { localFetch } from "./local-fetch.ts";

/** One connection of the relay to one run of the server. */
export interface FarEnd {
  readonly running: Running;
  /** Resolves when the server has taken the message; what it answers comes to the listener. `onEnd`: its stream is over. */
  send(message: JSONRPCMessage, options?: { signal: AbortSignal; onEnd(): void }): Promise<void>;
  /** The answer to `initialize`: its version stands in all later requests of this connection. */
  agree(answer: JSONRPCMessage): void;
  /** Ends every stream, and the session if there is one. */
  close(): Promise<void>;
}

/** Opens one, with the listener for all that comes. */
export type OpenFarEnd = (running: Running, onMessage: (message: JSONRPCMessage) => void) => Promise<FarEnd>;

const goodbyeMs = 1000;

/** Opens a connection; `token` is asked for at each request, since it may change. */
export async function openFarEnd(
  running: Running,
  token: () => Promise<string | undefined>,
  onMessage: (message: JSONRPCMessage) => void,
): Promise<FarEnd> {
  const transport = new StreamableHTTPClientTransport(new URL(running.url), {
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${await token()}`);
      return localFetch(url, { ...init, headers });
    },
  });
  transport.onmessage = onMessage;
  await transport.start();
  return {
    running,
    send: (message, options) =>
      transport.send(message, options && { requestSignal: options.signal, onRequestStreamEnd: options.onEnd }),
    agree(answer) {
      const version = isJSONRPCResultResponse(answer) && answer.result.protocolVersion;
      if (typeof version === "string") transport.setProtocolVersion(version);
    },
    async close() {
      const goodbye = transport.terminateSession().catch(() => undefined); // the server may be gone, and the session with it
      await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, goodbyeMs).unref())]);
      await transport.close();
    },
  };
}

/** Whether it is of the era of 2026-07-28: no session, and closing its stream is how it is cancelled. */
export const isModern = ({ params }: JSONRPCRequest): boolean =>
  typeof params?._meta?.[PROTOCOL_VERSION_META_KEY] === "string";

/** Whether it opens a session of the era before. */
export const opensSession = (message: JSONRPCMessage): message is JSONRPCRequest => isInitializeRequest(message);

/** Why the server cannot have acted on it: nobody listened, or its session was unknown; undefined when it may have. */
export function undelivered(cause: unknown): "refused" | "session" | undefined {
  if (cause instanceof SdkHttpError) return cause.status === 404 ? "session" : undefined;
  return (cause as NodeJS.ErrnoException).code === "ECONNREFUSED" ? "refused" : undefined;
}

/** JSON-RPC's own shape of a failure. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** For a call whose connection ended first. */
export const brokenOff: Refusal = {
  code: -32000,
  message:
    "claude-team stopped or restarted before this call was answered. It may have been carried out: look with list_sessions before you repeat it.",
};

/** What a failed call says to the client: the server's own JSON-RPC error where it sent one. */
export function refusalOf(cause: unknown): Refusal {
  if (cause instanceof TeamError) return { code: -32000, message: describe(cause) };
  if (/^(ECONN|EPIPE)/.test(String((cause as NodeJS.ErrnoException).code))) return brokenOff;
  if (!(cause instanceof SdkHttpError)) return { code: -32603, message: String(cause) };
  try {
    const { error } = JSON.parse(String(cause.data.text));
    if (Number.isInteger(error.code) && typeof error.message === "string") return error;
  } catch {
    // Not the server's own words.
  }
  return { code: -32000, message: cause.message };
}
