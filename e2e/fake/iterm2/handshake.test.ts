import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { connected, simulator } from "./harness.ts";
import { goodHeaders, shakeHands } from "./raw-client.ts";

const status = async (socket: string, headers: Record<string, string>, first?: string) =>
  (await shakeHands(socket, headers, first)).head;

const badRequest = "HTTP/1.1 400 Bad Request\r\n\r\n";
const unauthorized = "HTTP/1.1 401 Unauthorized\r\n\r\n";

test("lets in a client that keeps every rule, and names its protocol version", async () => {
  const { socket, cookie } = await simulator({ protocolVersion: "1.17" });
  const head = await status(socket, goodHeaders(cookie().cookie));
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head).toContain("X-iTerm2-Protocol-Version: 1.17\r\n");
  expect(head).toContain("Sec-WebSocket-Protocol: api.iterm2.com\r\n");
  expect(head).toContain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
});

test("lets in Node's ws", async () => {
  const { socket, cookie } = await simulator();
  const headers = { "x-iterm2-library-version": "tests 1.0", "x-iterm2-cookie": cookie().cookie };
  const createConnection = () => connect(socket);
  const options = { origin: "ws://localhost/", perMessageDeflate: false, createConnection, headers };
  const client = new WebSocket("ws://localhost/", ["api.iterm2.com"], options);
  await once(client, "open");
  client.close();
  expect(await once(client, "close")).toEqual([1005, Buffer.alloc(0)]);
});

test.each<[string, Record<string, string | undefined>]>([
  ["no subprotocol", { "Sec-WebSocket-Protocol": undefined }],
  ["another subprotocol beside ours", { "Sec-WebSocket-Protocol": "api.iterm2.com, other" }],
  ["a Connection header with more in it", { Connection: "keep-alive, Upgrade" }],
  ["no Origin", { Origin: undefined }],
  ["a foreign Origin", { Origin: "http://example.com" }],
  ["a foreign Host", { Host: "example.com" }],
  ["no library version", { "x-iterm2-library-version": undefined }],
  ["a library version of one word", { "x-iterm2-library-version": "python" }],
  ["an old websocket version", { "Sec-WebSocket-Version": "8" }],
  ["no key", { "Sec-WebSocket-Key": undefined }],
  ["a long header", { "x-long": "x".repeat(4096) }],
  ["many headers", Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x-${n}`, "1"]))],
])("refuses %s with 400 and nothing else", async (_, change) => {
  const { socket, cookie } = await simulator();
  const headers = Object.entries({ ...goodHeaders(cookie().cookie), ...change }).filter(
    ([, value]) => value !== undefined,
  );
  expect(await status(socket, Object.fromEntries(headers) as Record<string, string>)).toBe(badRequest);
});

test.each(["GET /x HTTP/1.1", "POST / HTTP/1.1", "nonsense"])("refuses %s with 400", async (first) => {
  const { socket, cookie } = await simulator();
  expect(await status(socket, goodHeaders(cookie().cookie), first)).toBe(badRequest);
});

test("refuses an old Python library with 406", async () => {
  const { socket, cookie } = await simulator();
  const headers = { ...goodHeaders(cookie().cookie), "x-iterm2-library-version": "python 0.23" };
  expect(await status(socket, headers)).toBe("HTTP/1.1 406 Unacceptable (upgrade Python library)\r\n\r\n");
});

test("takes a cookie once, and no cookie of its own making", async () => {
  const iterm2 = await simulator();
  const { cookie } = iterm2.cookie();
  expect(await status(iterm2.socket, goodHeaders(cookie))).toMatch(/ 101 /);
  expect(await status(iterm2.socket, goodHeaders(cookie))).toBe(unauthorized);
  expect(await status(iterm2.socket, goodHeaders("0".repeat(32)))).toBe(unauthorized);
  expect(await status(iterm2.socket, goodHeaders())).toBe(unauthorized);
});

test("refuses good cookies when told to, and needs none when all apps are allowed", async () => {
  const iterm2 = await simulator();
  iterm2.faults.refuseCookies(true);
  expect(await status(iterm2.socket, goodHeaders(iterm2.cookie().cookie))).toBe(unauthorized);
  iterm2.faults.allowAllApps(true);
  expect(await status(iterm2.socket, goodHeaders())).toMatch(/ 101 /);
});

test("leaves its file behind when the API is switched off, and nobody answers there", async () => {
  const iterm2 = await simulator();
  const client = await connected(iterm2);
  await iterm2.faults.apiOff();
  await client.closed;
  expect(existsSync(iterm2.socket)).toBe(true);
  await expect(shakeHands(iterm2.socket, goodHeaders())).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await iterm2.faults.apiOn();
  await connected(iterm2);
});
