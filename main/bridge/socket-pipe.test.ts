import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Pipe } from "../../contract/frame.ts";
import { type ServerSocket, socketPipe, type Welcome } from "./socket-pipe.ts";

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

/** A real socket to a real server that admits the secret "right". */
async function dial(options: Partial<Welcome> = {}) {
  const pipes: Pipe[] = [];
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  servers.push(server);
  let admit: (pipe: Pipe) => void;
  const admitted = new Promise<Pipe>((resolve) => {
    admit = resolve;
  });
  server.on("connection", (socket) =>
    socketPipe(socket, {
      admits: (secret) => secret === "right",
      admitted: (pipe) => {
        pipes.push(pipe);
        admit(pipe);
      },
      ...options,
    }),
  );
  await once(server, "listening");
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const closed = once(socket, "close").then(([code, reason]) => ({ code, reason: String(reason) }));
  await once(socket, "open");
  const hello = (secret: unknown) => socket.send(JSON.stringify({ kind: "hello", secret }));
  return { socket, hello, closed, admitted, pipes };
}

describe("a socket", () => {
  test("that says hello with the right secret becomes a pipe", async () => {
    const { socket, hello, admitted } = await dial();
    hello("right");
    const pipe = await admitted;
    const arrived = new Promise((resolve) => pipe.onFrame(resolve));
    const told = once(socket, "message");
    pipe.post({ kind: "cancel", id: 2 });
    socket.send('{"kind":"cancel","id":1}');
    expect(await arrived).toEqual({ kind: "cancel", id: 1 });
    expect(String((await told)[0])).toBe('{"kind":"cancel","id":2}');
  });

  test("hears what came right behind the hello", async () => {
    const arrived = new Promise((resolve) => {
      void dial({ admitted: (pipe) => pipe.onFrame(resolve) }).then(({ socket, hello }) => {
        hello("right");
        socket.send('{"kind":"cancel","id":1}');
      });
    });
    expect(await arrived).toEqual({ kind: "cancel", id: 1 });
  });

  test.each([
    ["a wrong secret", JSON.stringify({ kind: "hello", secret: "wrong" })],
    ["a secret that is no text", JSON.stringify({ kind: "hello", secret: { length: 5 } })],
    ["a call before the hello", JSON.stringify({ kind: "call", id: 1, name: "list", input: {} })],
    ["no JSON", "hello"],
    ["null", "null"],
  ])("is closed with 4401 after %s", async (_, text) => {
    const { socket, closed, pipes } = await dial();
    socket.send(text);
    socket.send(JSON.stringify({ kind: "hello", secret: "right" }));
    expect(await closed).toMatchObject({ code: 4401 });
    expect(pipes).toEqual([]);
  });

  test("that says nothing is closed with 4401", async () => {
    const { closed } = await dial({ helloMs: 10 });
    expect(await closed).toEqual({ code: 4401, reason: "no hello came" });
  });

  test("that does not answer a ping goes away", async () => {
    const { socket, hello, admitted } = await dial({ pingMs: 20 });
    hello("right");
    const pipe = await admitted;
    const gone = new Promise<void>((resolve) => pipe.onClose(resolve));
    socket.pause();
    await gone;
  });

  test("passes on what is no JSON, binary or too long as undefined, so that the bridge ends it", async () => {
    const { socket, hello, admitted } = await dial();
    hello("right");
    const pipe = await admitted;
    const frames: unknown[] = [];
    const all = new Promise<void>((resolve) => pipe.onFrame((frame) => frames.push(frame) === 3 && resolve()));
    socket.send("{");
    socket.send(Buffer.from('{"kind":"cancel","id":1}'));
    socket.send(JSON.stringify("x".repeat(1_000_001)));
    await all;
    expect(frames).toEqual([undefined, undefined, undefined]);
  });

  test("tells the panel why the pipe was closed", async () => {
    const { hello, admitted, closed } = await dial();
    hello("right");
    (await admitted).close("only calls and cancels are understood here");
    expect(await closed).toEqual({ code: 4400, reason: "only calls and cancels are understood here" });
  });

  test("that does not read what it is sent is closed, and nothing more is written", () => {
    const calls: string[] = [];
    const heard = new Map<string, (...args: never[]) => void>();
    const socket = {
      readyState: 1,
      bufferedAmount: 20_000_000,
      send: () => void calls.push("send"),
      ping: () => {},
      close: (code: number) => void calls.push(`close ${code}`),
      terminate: () => {},
      on: (event: string, listener: (...args: never[]) => void) => void heard.set(event, listener),
    };
    socketPipe(socket as ServerSocket, {
      admits: () => true,
      admitted: (pipe) => pipe.post({ kind: "cancel", id: 1 }),
    });
    heard.get("message")?.(...(['{"kind":"hello","secret":"s"}', false] as never[]));
    heard.get("close")?.();
    expect(calls).toEqual(["close 1013"]);
  });
});
