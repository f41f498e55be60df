import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  CallSchema,
  type Notification,
  type Reply,
  ReplySchema,
} from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { createFrameReader, type Frame, opcode } from "./frames.ts";
import type { CallName } from "./wire.ts";

type CallInit<Name extends CallName> = Extract<MessageInitShape<typeof CallSchema>["call"], { case: Name }>["value"];
type ResultOf<Name extends CallName> = Extract<Reply["result"], { case: Name }>["value"];

/** A client made of bytes: it can also do what no client may. */
export interface RawClient {
  /** The value of the reply; rejects when it is another one, or the socket closes first. */
  call<Name extends CallName>(name: Name, value: CallInit<Name>): Promise<ResultOf<Name>>;
  /** The whole reply, whatever is in it. */
  reply(call: MessageInitShape<typeof CallSchema>["call"]): Promise<Reply>;
  send(bytes: Buffer): void;
  /** The next frame that fits; those before it are passed over, for this caller. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
  /** All notifications so far, in order. */
  readonly heard: readonly Notification[];
  /** The first notification that fits, also one heard before. */
  hears(fits: (notification: Notification) => boolean): Promise<Notification>;
  subscribe(type: number, session?: string): Promise<number>;
  readonly closed: Promise<unknown>;
  readonly socket: Socket;
}

export interface Handshake {
  readonly status: number;
  /** Everything the server sent before its first frame. */
  readonly head: string;
  readonly client: RawClient;
}

export const goodHeaders = (cookie?: string): Record<string, string> => ({
  Host: "localhost",
  Upgrade: "websocket",
  Connection: "Upgrade",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Protocol": "api.iterm2.com",
  Origin: "ws://localhost/",
  "x-iterm2-library-version": "tests 1.0",
  "x-iterm2-disable-auth-ui": "true",
  ...(cookie && { "x-iterm2-cookie": cookie }),
});

/** Sends the request and waits for what comes back. Rejects when nobody listens. */
export async function shakeHands(
  path: string,
  headers: Record<string, string>,
  firstLine = "GET / HTTP/1.1",
): Promise<Handshake> {
  const socket = connect(path);
  await once(socket, "connect");
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${firstLine}\r\n${lines.join("")}\r\n`);
  const chunks = [];
  let bytes = Buffer.alloc(0);
  while (!bytes.includes("\r\n\r\n")) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    chunks.push(chunk);
    bytes = Buffer.concat(chunks);
  }
  const end = bytes.indexOf("\r\n\r\n") + 4;
  const head = bytes.subarray(0, end).toString();
  return { status: Number(head.split(" ")[1]), head, client: createClient(socket, bytes.subarray(end)) };
}

/** A frame as a client sends it: masked. */
export function clientFrame(code: number, payload: Uint8Array, { isFinal = true } = {}): Buffer {
  const size = payload.length;
  const extra = size < 126 ? [] : [size >> 8, size & 0xff];
  const mask = [1, 2, 3, 4];
  const body = payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0));
  return Buffer.from([(isFinal ? 0x80 : 0) | code, 0x80 | (size < 126 ? size : 126), ...extra, ...mask, ...body]);
}

function createClient(socket: Socket, rest: Buffer): RawClient {
  const heard: Notification[] = [];
  const listeners = new Set<(frame: Frame) => void>();
  let lastId = 0n;
  const read = createFrameReader((frame) => {
    const reply = frame.opcode === opcode.binary ? fromBinary(ReplySchema, frame.payload) : undefined;
    if (reply?.result.case === "notification") heard.push(reply.result.value);
    for (const listener of [...listeners]) listener(frame);
  });
  const closed = once(socket, "close");
  socket.on("error", () => undefined); // `close` follows.
  socket.on("data", read);
  read(rest);

  function frame(fits: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((done, failed) => {
      const listener = (one: Frame) => {
        if (!fits(one)) return;
        listeners.delete(listener);
        done(one);
      };
      listeners.add(listener);
      void closed.then(() => failed(new Error("the socket closed")));
    });
  }

  async function reply(call: MessageInitShape<typeof CallSchema>["call"]): Promise<Reply> {
    const id = ++lastId;
    const isMine = ({ opcode: code, payload }: Frame) =>
      code === opcode.binary && fromBinary(ReplySchema, payload).id === id;
    const answer = frame(isMine);
    socket.write(clientFrame(opcode.binary, toBinary(CallSchema, create(CallSchema, { id, ...(call && { call }) }))));
    return fromBinary(ReplySchema, (await answer).payload);
  }

  async function call<Name extends CallName>(name: Name, value: CallInit<Name>): Promise<ResultOf<Name>> {
    const { result } = await reply({ case: name, value } as MessageInitShape<typeof CallSchema>["call"]);
    if (result.case !== name) throw new Error(`${name} was answered with ${result.case}`);
    return result.value as ResultOf<Name>;
  }

  return {
    call,
    reply,
    frame,
    heard,
    closed,
    socket,
    send: (bytes) => void socket.write(bytes),
    async hears(fits) {
      for (;;) {
        const found = heard.find(fits);
        if (found) return found;
        await frame(({ opcode: code }) => code === opcode.binary);
      }
    },
    subscribe: async (notificationType, session = "all") =>
      (await call("subscription", { notificationType, session, subscribe: true })).status ?? 0,
  };
}
