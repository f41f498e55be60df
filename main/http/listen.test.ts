import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAll, send, statusIn } from "../../e2e/http/raw.ts";
import { type Served, serve, token } from "../../e2e/http/served.ts";
import { listen } from "./listen.ts";

let served: Served;
let port: number;

beforeEach(async () => {
  served = await serve({ patience: { head: 150, request: 300, checkEvery: 20 } });
  port = served.http.port;
});
afterEach(() => served.stop());

const good = {
  authorization: `Bearer ${token}`,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};
const clientInfo = { name: "test", version: "0" };
const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
const initialize = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });

/** The server still does its work. */
async function expectUp() {
  const { status, body } = await send(port, { method: "POST", path: "/mcp", headers: good, body: initialize });
  expect(status).toBe(200);
  expect(body).toContain('"name":"claude-team"');
}

describe("the server", () => {
  test("listens on 127.0.0.1 alone, on a port of its choice", async () => {
    expect(served.http.url).toBe(`http://127.0.0.1:${port}`);
    const other = connect(port, "127.0.0.2");
    const [error] = await once(other, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    await expectUp();
  });

  test("says which port is taken", async () => {
    await expect(serve({ port })).rejects.toMatchObject({
      code: "PORT_TAKEN",
      message: expect.stringContaining(`${port}`),
    });
  });

  test("frees its port when it is closed", async () => {
    await served.stop();
    await (await serve({ port })).stop();
  });
});

describe("refused, with JSON that says the next step, and the server stays up", () => {
  const post = (headers: Record<string, string | null>, body = initialize, path = "/mcp") =>
    send(port, { method: "POST", path, headers: { ...good, ...headers }, body });

  test.each<[string, () => ReturnType<typeof send>, number]>([
    ["no token", () => post({ authorization: null }), 401],
    ["a wrong token", () => post({ authorization: "Bearer nope" }), 401],
    ["a missing Host", () => post({ host: null }), 403],
    ["another Host", () => post({ host: "example.com" }), 403],
    ["a rebound name", () => post({ host: `rebind.test:${port}` }), 403],
    ["a foreign Origin", () => post({ origin: "https://evil.test" }), 403],
    ["a null Origin", () => post({ origin: "null" }), 403],
    ["text/plain, as a page may post it", () => post({ "content-type": "text/plain" }), 415],
    ["a form, as a page may post it", () => post({ "content-type": "multipart/form-data; boundary=x" }), 415],
    ["bad JSON", () => post({}, "{"), 400],
    ["deep JSON", () => post({}, "[".repeat(200_000)), 400],
    ["a batch", () => post({}, `[${initialize},${initialize}]`), 400],
    ["an array with nothing in it", () => post({}, "[]"), 400],
    ["a body that is no message", () => post({}, '{"__proto__":{"polluted":true}}'), 400],
    ["a number", () => post({}, "7"), 400],
    ["PUT", () => send(port, { method: "PUT", path: "/mcp", headers: good }), 405],
    ["OPTIONS", () => send(port, { method: "OPTIONS", path: "/mcp", headers: good }), 405],
    ["an unknown path", () => send(port, { path: "/nope" }), 404],
    ["an upgrade of the MCP door", () => post({ connection: "upgrade", upgrade: "h2c" }), 400],
    ["headers of 20 kB", () => send(port, { headers: { long: "x".repeat(20_000) } }), 431],
  ])("%s", async (_, request, status) => {
    const answer = await request();
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(answer.body).error.message.length).toBeGreaterThan(10);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect({}).not.toHaveProperty("polluted");
    await expectUp();
    expect(served.reported).toEqual([]);
  });

  test("a parse error at the MCP door is JSON-RPC's", async () => {
    const { body } = await post({}, "{");
    expect(JSON.parse(body)).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32700 } });
  });

  test("a body that is said to be too large", async () => {
    const { status } = await post({ "content-length": String(5 << 20) }, "x".repeat(5 << 20));
    expect(status).toBe(413);
    await expectUp();
  });

  test("a body that turns out too large, in chunks", async () => {
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const { status } = await post(
      { "content-length": null, "transfer-encoding": "chunked" },
      `${chunk.repeat(40)}0\r\n\r\n`,
    );
    expect(status).toBe(413);
    await expectUp();
  });

  test("what is not HTTP", async () => {
    const socket = connect(port, "127.0.0.1");
    socket.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    expect(statusIn(await readAll(socket))).toBe(400);
    await expectUp();
  });
});

describe("who sends too slowly", () => {
  test("with the head is answered 408 and hung up on, while others are served", async () => {
    const slow = Array.from({ length: 20 }, () => connect(port, "127.0.0.1"));
    for (const socket of slow) socket.write("POST /mcp HTTP/1.1\r\nHost: 127");
    await expectUp();
    const answers = await Promise.all(slow.map(readAll));
    expect(answers.map(statusIn)).toEqual(slow.map(() => 408));
  });

  test("with the body is hung up on", async () => {
    const socket = connect(port, "127.0.0.1");
    const head = Object.entries({ host: `127.0.0.1:${port}`, ...good, "content-length": "100" });
    socket.write(`POST /mcp HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join("")}\r\n{`);
    expect(statusIn(await readAll(socket))).toBe(408);
    await expectUp();
  });
});

describe("a fault of our own", () => {
  test("is answered with an id that was reported, and nothing else", async () => {
    const reports: string[] = [];
    const http = await listen({
      ...{ port: 0, panelDir: "/nonexistent" },
      authorise: { manager: () => true, person: () => true, worker: () => true },
      report: (id) => void reports.push(id),
      handlers: {
        mcp: async () => Promise.reject(new Error("secret")),
        hook: async () => Promise.reject(new Error("secret")),
        exchange: () => {
          throw new Error("secret");
        },
        cli: async () => Promise.reject(new Error("secret")),
        socket: () => {},
      },
    });
    const own = { ...good, origin: http.url };
    for (const path of ["/mcp", "/hook/worker-1", "/panel/session", "/cli"]) {
      const { status, body } = await send(http.port, { method: "POST", path, headers: own, body: "{}" });
      expect(status).toBe(500);
      expect(body).toContain(reports.at(-1));
      expect(body).not.toContain("secret");
    }
    expect(reports).toHaveLength(4);
    await http.close();
  });
});
