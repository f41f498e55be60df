import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { WebSocket } from "ws";
import { unreachable } from "../failures.ts";
import { trouble } from "./trouble.ts";
import { CallSchema, type Notification, type Reply, ReplySchema } from "./wire/iterm2_pb.ts";

type Asked = Exclude<NonNullable<MessageInitShape<typeof CallSchema>["call"]>, { case: undefined }>;
export type CallName = Asked["case"] & Reply["result"]["case"];
export type Question<N extends CallName> = Extract<Asked, { case: N }>["value"];
export type Answer<N extends CallName> = Extract<Reply["result"], { case: N }>["value"];

/** One connection to iTerm2: calls and their answers, until it is closed. */
export interface Link {
  /**
   * Rejects with TERMINAL_UNREACHABLE: when no answer comes in time, at once when the link closes, and when iTerm2 does not know
   * the call. What it then did is not known; it is never asked twice.
   */
  call<N extends CallName>(name: N, value: Question<N>): Promise<Answer<N>>;
  /** Whether the other side of the socket lives; iTerm2 answers this also while a dialog stops everything else. */
  ping(): Promise<boolean>;
  end(): void;
}

export interface LinkOptions {
  /** How long an answer may take. */
  readonly callMs: number;
  readonly pingMs: number;
  readonly notified: (notification: Notification) => void;
  /** Something came from iTerm2. */
  readonly heard: () => void;
  /** An answer did not come in time. */
  readonly unanswered: () => void;
  /** Called once. */
  readonly closed: () => void;
}

interface Waiting {
  readonly name: CallName;
  readonly answered: (reply: Reply) => void;
  readonly failed: (cause: Error) => void;
  readonly limit: NodeJS.Timeout;
}

export function createLink(socket: WebSocket, options: LinkOptions): Link {
  const waiting = new Map<bigint, Waiting>();
  let lastId = 0n;
  socket.binaryType = "nodebuffer";
  socket.on("error", () => undefined); // `close` follows, and tells.
  socket.on("message", (bytes: Buffer) => receive(bytes, waiting, options));
  socket.once("close", () => {
    for (const { failed, limit } of waiting.values()) {
      clearTimeout(limit);
      failed(trouble("lost"));
    }
    waiting.clear();
    options.closed();
  });

  return {
    async call<N extends CallName>(name: N, value: Question<N>) {
      if (socket.readyState !== socket.OPEN) throw trouble("lost");
      const id = ++lastId;
      const bytes = toBinary(CallSchema, create(CallSchema, { id, call: { case: name, value } as Asked }));
      const reply = await new Promise<Reply>((answered, failed) => {
        const limit = setTimeout(() => {
          waiting.delete(id);
          failed(trouble("silent", `no answer to ${name} within ${options.callMs} ms`));
          options.unanswered();
        }, options.callMs);
        waiting.set(id, { name, answered, failed, limit });
        socket.send(bytes);
      });
      return resultOf(reply, name);
    },
    ping: () => ping(socket, options.pingMs),
    end: () => socket.terminate(),
  };
}

function receive(bytes: Buffer, waiting: Map<bigint, Waiting>, { heard, notified }: LinkOptions): void {
  const reply = parse(bytes);
  if (!reply) return;
  heard();
  // By its kind, not its id: a notification comes without one.
  if (reply.result.case === "notification") {
    notified(reply.result.value);
    return;
  }
  const call = waiting.get(reply.id ?? 0n);
  if (!call) return; // Too late: its caller was told so.
  waiting.delete(reply.id ?? 0n);
  clearTimeout(call.limit);
  call.answered(reply);
}

function parse(bytes: Buffer): Reply | undefined {
  try {
    return fromBinary(ReplySchema, bytes);
  } catch {
    return undefined; // Not ours to understand; if it was an answer, its caller's time runs out.
  }
}

function resultOf<N extends CallName>({ result }: Reply, name: N): Answer<N> {
  if (result.case === name) return result.value as Answer<N>;
  const fact = result.case === "error" ? `says ${JSON.stringify(result.value)}` : "answers nothing";
  throw unreachable(`iTerm2 ${fact} to ${name}`);
}

function ping(socket: WebSocket, limitMs: number): Promise<boolean> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (lives: boolean) => {
      clearTimeout(limit);
      socket.off("pong", pong);
      socket.off("close", close);
      resolve(lives);
    };
    const pong = () => end(true);
    const close = () => end(false);
    const limit = setTimeout(close, limitMs);
    socket.on("pong", pong);
    socket.on("close", close);
    socket.ping();
  });
}
