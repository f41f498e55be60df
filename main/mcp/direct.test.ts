import { classifyInboundRequest } from "@modelcontextprotocol/server";
import { describe, expect, test } from "vitest";
import { type Served, serve, token } from "../../e2e/http/served.ts";
import { plainCallOf } from "./direct.ts";

const revision = "2026-07-28";
const envelope = {
  "io.modelcontextprotocol/protocolVersion": revision,
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};
const headersOf = (name: string) => ({
  "mcp-protocol-version": revision,
  "mcp-method": "tools/call",
  "mcp-name": name,
});
const requestOf = (params: object, method = "tools/call") => ({ jsonrpc: "2.0", id: 7, method, params });

/** What the classifier and then we make of a request. */
function taken(body: unknown, headers: Record<string, string>) {
  const version = headers["mcp-protocol-version"];
  const method = headers["mcp-method"];
  const route = classifyInboundRequest({
    httpMethod: "POST",
    body,
    ...(version !== undefined && { protocolVersionHeader: version }),
    ...(method !== undefined && { mcpMethodHeader: method }),
  });
  return route.kind === "modern" ? plainCallOf(route, headers) : undefined;
}

describe("a plain call", () => {
  test("is one with all its headers, a tool we have, and arguments or none", () => {
    const params = {
      name: "list_sessions",
      arguments: { status_filter: "idle" },
      _meta: { ...envelope, progressToken: 3 },
    };
    expect(taken(requestOf(params), headersOf("list_sessions"))).toMatchObject({
      ...{ id: 7, given: { status_filter: "idle" }, progressToken: 3 },
      tool: { listing: { name: "list_sessions" } },
    });
    const bare = requestOf({ name: "list_sessions", _meta: envelope });
    expect(taken(bare, headersOf("list_sessions"))).toMatchObject({ given: {} });
  });

  const params = { name: "list_sessions", _meta: envelope };
  test.each<[string, object, Record<string, string>]>([
    ["another method", requestOf(params, "tools/list"), { ...headersOf("list_sessions"), "mcp-method": "tools/list" }],
    ["no Mcp-Name", requestOf(params), { "mcp-protocol-version": revision, "mcp-method": "tools/call" }],
    ["no Mcp-Method", requestOf(params), { "mcp-protocol-version": revision, "mcp-name": "list_sessions" }],
    ["no version header", requestOf(params), { "mcp-method": "tools/call", "mcp-name": "list_sessions" }],
    ["another Mcp-Name", requestOf(params), headersOf("close_session")],
    ["an encoded Mcp-Name", requestOf(params), headersOf("=?base64?bGlzdF9zZXNzaW9ucw==?=")],
    ["a tool that there is not", requestOf({ ...params, name: "constructor" }), headersOf("constructor")],
    ["arguments that are a list", requestOf({ ...params, arguments: [] }), headersOf("list_sessions")],
    ["arguments that are null", requestOf({ ...params, arguments: null }), headersOf("list_sessions")],
    ["no envelope", requestOf({ name: "list_sessions" }), headersOf("list_sessions")],
    ["a notification", { jsonrpc: "2.0", method: "tools/call", params }, headersOf("list_sessions")],
    ["the older revision", requestOf({ name: "list_sessions" }), { "mcp-protocol-version": "2025-11-25" }],
  ])("is not one with %s", (_, body, headers) => expect(taken(body, headers)).toBeUndefined());
});

describe("a direct answer is the one that the SDK gives", () => {
  async function post({ url }: Served, name: string, header: string, args: object, meta: object = {}) {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...{ accept: "application/json, text/event-stream" },
        ...headersOf(header),
      },
      body: JSON.stringify(requestOf({ name, arguments: args, _meta: { ...envelope, ...meta } })),
    });
    return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
  }
  /** A spelling of the name that only the SDK reads. */
  const encoded = (name: string) => `=?base64?${btoa(name)}?=`;

  test.each<[string, object]>([
    ["list_sessions", {}],
    ["get_session_status", { session_id: "worker-1" }],
    ["get_response", { session_id: "worker-1", wait: false }],
    ["spawn_session", {}],
    ["close_session", { session_id: "nobody" }],
  ])("%s %j", async (name, args) => {
    await using served = await serve();
    served.scripted.add({ name: "ünï 🙂" });
    const [direct, sdk] = [await post(served, name, name, args), await post(served, name, encoded(name), args)];
    expect({ ...direct, text: JSON.parse(direct.text) }).toEqual({ ...sdk, text: JSON.parse(sdk.text) });
  });

  test("with progress, as a stream", async () => {
    await using served = await serve();
    served.scripted.add({ phase: { is: "working" } });
    const wait = { session_ids: ["worker-1"], timeout: 0.05 };
    const call = (header: string) => post(served, "wait_for_sessions", header, wait, { progressToken: "t" });
    const [direct, sdk] = [await call("wait_for_sessions"), await call(encoded("wait_for_sessions"))];
    const events = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ""));
    expect({ ...direct, text: events(direct.text) }).toEqual({ ...sdk, text: events(sdk.text) });
    expect(events(direct.text)).toMatchObject([{ method: "notifications/progress" }, { id: 7 }]);
  });
});
