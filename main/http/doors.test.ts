import { once } from "node:events";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { TeamError } from "../../contract/error.ts";
import { send } from "../../e2e/http/raw.ts";
import { type HttpServer, listen } from "./listen.ts";
import type { Handlers } from "./options.ts";

type House = HttpServer & AsyncDisposable & { reported: unknown[] };

async function house(handlers: Partial<Handlers> = {}): Promise<House> {
  const reported: unknown[] = [];
  const http = await listen({
    ...{ port: 0, panelDir: "/nonexistent" },
    authorise: {
      manager: (t) => t === "manager",
      person: (t) => t === "person",
      worker: (id, t) => t === `token-of-${id}`,
    },
    report: (_id, cause) => void reported.push(cause),
    handlers: {
      mcp: async () => {},
      hook: async () => "",
      exchange: () => undefined,
      socket: () => {},
      cli: async () => null,
      ...handlers,
    },
  });
  return { ...http, reported, [Symbol.asyncDispose]: http.close };
}

const post = ({ port }: HttpServer, path: string, value: unknown, headers: Record<string, string> = {}) =>
  send(port, {
    ...{ method: "POST", path, body: JSON.stringify(value) },
    headers: { "content-type": "application/json", ...headers },
  });
const asManager = { authorization: "Bearer manager" };
const asPerson = { authorization: "Bearer person" };
const asWorker = { authorization: "Bearer token-of-worker-1" };

/** A handler that holds its call until the signal aborts, and the signal once it is called. */
function holding() {
  let called: (signal: AbortSignal) => void;
  const begun = new Promise<AbortSignal>((resolve) => {
    called = resolve;
  });
  const hold = (_: string, __: unknown, signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      called(signal);
    });
  return { begun, hold };
}

describe("the hook door", () => {
  test("hands the worker and the body on, and answers with the reply's text", async () => {
    await using http = await house({ hook: async (worker, body) => JSON.stringify({ worker, body }) });
    const answer = await post(http, "/hook/worker-1", { hook_event_name: "Stop" }, asWorker);
    expect(answer).toMatchObject({ status: 200, body: '{"worker":"worker-1","body":{"hook_event_name":"Stop"}}' });
  });

  test("answers 204 when there is nothing to say", async () => {
    await using http = await house();
    expect(await post(http, "/hook/worker-1", {}, asWorker)).toMatchObject({ status: 204, body: "" });
  });

  test("takes what a tool would write, up to 16 MiB", async () => {
    await using http = await house({ hook: async (_, body) => String(JSON.stringify(body).length) });
    const answer = await post(http, "/hook/worker-1", { content: "x".repeat(8 << 20) }, asWorker);
    expect(answer).toMatchObject({ status: 200, body: String((8 << 20) + '{"content":""}'.length) });
  });

  test("aborts when the hook's process hangs up before its answer", async () => {
    const { begun, hold } = holding();
    await using http = await house({ hook: hold });
    const ask = request({
      port: http.port,
      method: "POST",
      path: "/hook/worker-1",
      headers: { "content-type": "application/json", ...asWorker },
    });
    ask.on("error", () => {}); // We hang up ourselves.
    ask.end("{}");
    const signal = await begun;
    const aborted = once(signal, "abort");
    ask.destroy();
    await aborted;
    expect(http.reported).toEqual([]);
  });

  test("does not abort when the answer was sent", async () => {
    const signals: AbortSignal[] = [];
    await using http = await house({ hook: async (_, __, signal) => `yes, call ${signals.push(signal)}` });
    await post(http, "/hook/worker-1", {}, asWorker);
    await post(http, "/hook/worker-1", {}, asWorker);
    expect(signals[0]?.aborted).toBe(false);
  });

  test("gives a held hook an empty answer when the server stops", async () => {
    const { begun, hold } = holding();
    const http = await house({ hook: hold });
    const answer = post(http, "/hook/worker-1", {}, asWorker);
    await begun;
    await http.close();
    expect(await answer).toMatchObject({ status: 204, body: "" });
  });
});

describe("the CLI's door", () => {
  test("hears nobody who shows the manager's token, and the MCP door nobody who shows the person's", async () => {
    const heard: string[] = [];
    const mcp = async () => void heard.push("mcp");
    await using http = await house({ mcp, cli: async (call) => heard.push(call) });
    expect((await post(http, "/cli", { call: "stop" }, asManager)).status).toBe(401);
    expect((await post(http, "/mcp", {}, asPerson)).status).toBe(401);
    expect(heard).toEqual([]);
  });

  test("brings back the value of a call", async () => {
    await using http = await house({ cli: async (call, input) => ({ call, input }) });
    const { status, body } = await post(http, "/cli", { call: "list", input: { gone: true } }, asPerson);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ value: { call: "list", input: { gone: true } } });
  });

  test.each([
    ["WORKER_UNKNOWN", 404],
    ["INPUT_INVALID", 400],
    ["NOT_ALLOWED", 403],
    ["WORKER_BUSY", 409],
    ["WORKER_ASKING", 409],
    ["STOPPING", 503],
    ["TIMED_OUT", 504],
  ] as const)("brings back %s with its facts, as %i", async (code, status) => {
    const error = { code, message: "so it is", facts: { ids: ["worker-1"] } };
    await using http = await house({
      cli: async () => Promise.reject(new TeamError(code, error.message, { facts: error.facts })),
    });
    const answer = await post(http, "/cli", { call: "x" }, asPerson);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ error });
  });

  test.each([[null], [[]], ["list"], [{}]])("hands on no call at all for %j", async (body) => {
    await using http = await house({ cli: async (call, input) => [call, input ?? "nothing"] });
    expect(JSON.parse((await post(http, "/cli", body, asPerson)).body)).toEqual({ value: ["", "nothing"] });
  });

  test("answers a call in flight when the server stops", async () => {
    const { begun, hold } = holding();
    const http = await house({ cli: hold });
    const answer = post(http, "/cli", { call: "wait" }, asPerson);
    await begun;
    await http.close();
    expect((await answer).status).toBe(503);
  });
});

describe("the panel's session", () => {
  test("is given for a code, to our own page", async () => {
    await using http = await house({ exchange: (code) => (code === "right" ? "secret" : undefined) });
    const own = { origin: http.url };
    expect(await post(http, "/panel/session", { code: "right" }, own)).toMatchObject({
      status: 200,
      body: '{"secret":"secret"}',
    });
    for (const wrong of [{ code: "wrong" }, {}, null, { code: ["right"] }, { code: { toString: 1 } }]) {
      const { status, body } = await post(http, "/panel/session", wrong, own);
      expect(status).toBe(403);
      expect(body).toContain("claude-team open");
    }
    expect((await post(http, "/panel/session", { code: "right" }, { origin: "http://localhost:5173" })).status).toBe(
      403,
    );
  });
});

describe("the bridge", () => {
  const open = (http: HttpServer, headers: Record<string, string>, path = "/bridge") =>
    new WebSocket(`ws://127.0.0.1:${http.port}${path}`, { headers });
  const refusal = async (ws: WebSocket) => {
    ws.on("error", () => {}); // The refusal, which we read from the response.
    const [, response] = await once(ws, "unexpected-response");
    response.resume();
    return response.statusCode;
  };

  test("hands a page of ours over, both ways", async () => {
    await using http = await house({ socket: (ws) => void ws.on("message", (data) => ws.send(`got ${data}`)) });
    const ws = open(http, { origin: http.url });
    await once(ws, "open");
    ws.send("hello");
    expect(String((await once(ws, "message"))[0])).toBe("got hello");
  });

  test.each<[string, Record<string, string>, string, number]>([
    ["without Origin", {}, "/bridge", 403],
    ["from a foreign page", { origin: "https://evil.test" }, "/bridge", 403],
    ["from null", { origin: "null" }, "/bridge", 403],
    ["by another name", { host: "rebind.test" }, "/bridge", 403],
    ["at another path", {}, "/elsewhere", 404],
    ["at the MCP door", asManager, "/mcp", 400],
  ])("refuses a socket %s", async (_, headers, path, status) => {
    const sockets: unknown[] = [];
    await using http = await house({ socket: (ws) => void sockets.push(ws) });
    expect(await refusal(open(http, headers, path))).toBe(status);
    expect(sockets).toEqual([]);
  });

  test("answers a plain GET with what it needs", async () => {
    await using http = await house();
    expect(await send(http.port, { path: "/bridge", headers: { origin: http.url } })).toMatchObject({ status: 426 });
  });

  test("closes on a frame over 1 MiB, and the server stays up", async () => {
    await using http = await house();
    const ws = open(http, { origin: http.url });
    await once(ws, "open");
    ws.send("x".repeat((1 << 20) + 1));
    expect((await once(ws, "close"))[0]).toBe(1009);
    expect((await send(http.port, { path: "/nowhere" })).status).toBe(404);
  });

  test("tells its pages when the server stops", async () => {
    const http = await house();
    const ws = open(http, { origin: http.url });
    await once(ws, "open");
    const closed = once(ws, "close");
    await http.close();
    expect((await closed)[0]).toBe(1001);
  });
});
