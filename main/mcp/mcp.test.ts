import type { Client } from "@modelcontextprotocol/client";
import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { connectV1 } from "../../e2e/http/client-v1.ts";
import { callerOf, connect, type Served, serve, token, toldBy } from "../../e2e/http/served.ts";

const eras = ["modern", "legacy"] as const;

/** A wait on a worker at work, begun: resolves when the core has the call. */
async function beginWait(served: Served, client: Client, options: Parameters<Client["callTool"]>[1] = {}) {
  const { scripted } = served;
  const worker = scripted.add({ phase: { is: "working" }, activity: "npm test" });
  const called = scripted.called("wait");
  const result = client.callTool({ name: "wait_for_sessions", arguments: { session_ids: [worker.id] } }, options);
  result.catch(() => {}); // Asserted on by those who expect it.
  await called;
  return { worker, result };
}

describe.each(eras)("in the %s era", (era) => {
  test("the server says how to lead a team, and lists its tools", async () => {
    await using served = await serve();
    const client = await connect(served.url, era);
    expect(client.getServerVersion()).toMatchObject({ name: "claude-team", version: "1.2.3" });
    expect(client.getInstructions()?.split("\n").length).toBe(11);
    expect((await client.listTools()).tools).toHaveLength(10);
  });

  test("progress comes at once, grows, says what the worker does, and ends with the call", async () => {
    await using served = await serve({ progressEveryMs: 5 });
    const client = await connect(served.url, era);
    const told: { progress: number; message?: string | undefined }[] = [];
    const third = new Promise<void>((resolve) => {
      const onprogress = (p: (typeof told)[number]) => void (told.push(p) === 3 && resolve());
      void beginWait(served, client, { onprogress }).then(({ result }) => result);
    });
    await third;
    served.scripted.rest(served.scripted.store.state.workers.values().next().value!);
    expect(told.slice(0, 3).map((p) => p.progress)).toEqual([0, 1, 2]);
    expect(told[0]!.message).toBe("waiting for 1 of 1: worker-1 is processing: npm test");
  });

  test("a first progress does not wait for the interval", async () => {
    await using served = await serve({ progressEveryMs: 3_600_000 });
    const client = await connect(served.url, era);
    const begun = await new Promise<{ message?: string | undefined }>((resolve) => {
      void beginWait(served, client, { onprogress: resolve });
    });
    expect(begun.message).toContain("npm test");
  });

  test("cancelling a call aborts it in the core and leaves no listener behind", async () => {
    await using served = await serve();
    const client = await connect(served.url, era);
    const abort = new AbortController();
    const { result } = await beginWait(served, client, { signal: abort.signal });
    const { signal } = served.scripted.last("wait")!;
    const aborted = new Promise((resolve) => signal!.addEventListener("abort", resolve));
    abort.abort();
    await expect(result).rejects.toThrow();
    await aborted;
    expect(served.scripted.store.listenerCount).toBe(0);
    expect(served.reported).toEqual([]);
  });

  test("a call that has ended is not taken for a cancelled one", async () => {
    await using served = await serve();
    const client = await connect(served.url, era);
    served.scripted.add();
    await client.callTool({ name: "get_response", arguments: { session_id: "worker-1" } });
    const { signal } = served.scripted.last("reply")!;
    await client.callTool({ name: "list_sessions" });
    expect(signal?.aborted).toBe(false);
  });

  test("calls in flight are answered when the server stops, and later ones as well", async () => {
    await using served = await serve();
    const client = await connect(served.url, era);
    const { result } = await beginWait(served, client);
    const stopped = served.stop();
    const { isError, text } = toldBy(await result);
    expect(isError).toBe(true);
    expect(text).toBe("STOPPING: the server stops. claude-team is restarting. Call again in a few seconds.");
    expect(toldBy(await client.callTool({ name: "list_sessions" })).text).toMatch(/^STOPPING: /);
    await stopped;
    expect(served.scripted.store.listenerCount).toBe(0);
  });

  test("even a call that minds no signal is answered when the server stops", async () => {
    await using served = await serve();
    served.scripted.otherwise({ interrupt: () => new Promise(() => {}) });
    const client = await connect(served.url, era);
    const called = served.scripted.called("interrupt");
    const result = client.callTool({ name: "interrupt_session", arguments: { session_id: "x" } });
    await called;
    void served.stop();
    expect(toldBy(await result).text).toMatch(
      /^STOPPED_MIDWAY: .*It may have been carried out: look with list_sessions/,
    );
  });

  test("our own fault is INTERNAL with an id that was reported, and the next call works", async () => {
    const reports: string[] = [];
    await using served = await serve({ report: (id) => void reports.push(id) });
    const client = await connect(served.url, era);
    served.scripted.otherwise({
      list: () => {
        throw new RangeError("secret detail");
      },
    });
    const { isError, text } = toldBy(await client.callTool({ name: "list_sessions" }));
    expect(isError).toBe(true);
    expect(text).toMatch(new RegExp(`^INTERNAL: unexpected failure ${reports[0]}\\.`));
    expect(text).not.toContain("secret");
    expect(reports).toHaveLength(1);
    served.scripted.otherwise({ list: async () => [] });
    expect(toldBy(await client.callTool({ name: "list_sessions" })).data).toEqual({ sessions: [], count: 0 });
  });

  test("an unknown tool is a protocol error that names those there are", async () => {
    await using served = await serve();
    const client = await connect(served.url, era);
    await expect(client.callTool({ name: "constructor" })).rejects.toThrow(
      /There is no tool constructor.*list_sessions/,
    );
  });
});

describe("managers", () => {
  test("are counted by their listen streams and their sessions with a GET stream", async () => {
    await using served = await serve();
    const modern = await connect(served.url, "modern");
    const stream = await modern.listen({ toolsListChanged: true });
    await served.managersAre(1);
    const legacy = await connect(served.url, "legacy");
    await served.managersAre(2);
    await stream.close();
    await served.managersAre(1);
    await legacy.close();
    await served.managersAre(0);
    expect(served.managers).toEqual([1, 2, 1, 0]);
  });

  test("are gone when the server stops", async () => {
    await using served = await serve();
    await (await connect(served.url, "modern")).listen({ toolsListChanged: true });
    await connect(served.url, "legacy");
    await served.managersAre(2);
    await served.stop();
    await served.managersAre(0);
  });
});

describe("after a restart on the same port", () => {
  test("a modern client goes on", async () => {
    const first = await serve();
    const client = await connect(first.url, "modern");
    await client.listTools();
    await first.stop();
    await expect(client.callTool({ name: "list_sessions" })).rejects.toThrow();
    await using _second = await serve({ port: first.http.port });
    expect(toldBy(await client.callTool({ name: "list_sessions" })).data).toEqual({ sessions: [], count: 0 });
  });

  test("a legacy client is told that its session is not there, and how to go on", async () => {
    const first = await serve();
    const client = await connect(first.url, "legacy");
    await first.stop();
    await expect(client.callTool({ name: "list_sessions" })).rejects.toThrow();
    await using _second = await serve({ port: first.http.port });
    await expect(client.callTool({ name: "list_sessions" })).rejects.toThrow(/Session not found.*Initialize again/);
  });
});

describe("sessions of the older revisions", () => {
  const post = async ({ url }: Served, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, id: answer.headers.get("mcp-session-id"), text: await answer.text() };
  };
  const clientInfo = { name: "test", version: "0" };
  const initialize = {
    ...{ jsonrpc: "2.0", id: 1, method: "initialize" },
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo },
  };
  const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };

  test("have an id of the server's making; one of the client's is not found", async () => {
    await using served = await serve();
    const { status, id } = await post(served, initialize);
    expect(status).toBe(200);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await post(served, list, { "mcp-session-id": id! })).status).toBe(200);
    expect((await post(served, list, { "mcp-session-id": "mine" })).status).toBe(404);
    expect((await post(served, initialize, { "mcp-session-id": "mine" })).status).toBe(404);
  });

  test("are needed for everything but initialize", async () => {
    await using served = await serve();
    expect((await post(served, list)).status).toBe(400);
    expect((await post(served, [initialize, list])).status).toBe(400);
    const got = await fetch(served.url, { headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" } });
    expect(got.status).toBe(405);
  });

  test("make room for new ones: the least recently used goes first", async () => {
    await using served = await serve({ connectionLimits: { most: 2, idleMs: 1e9 } });
    const [first, second] = [await post(served, initialize), await post(served, initialize)];
    await post(served, list, { "mcp-session-id": first.id! });
    await post(served, initialize);
    expect((await post(served, list, { "mcp-session-id": first.id! })).status).toBe(200);
    expect((await post(served, list, { "mcp-session-id": second.id! })).status).toBe(404);
  });

  test("are kept while something is open, however full it is, before idle ones", async () => {
    await using served = await serve({ connectionLimits: { most: 2, idleMs: 1e9 } });
    const listening = await connect(served.url, "legacy");
    await served.managersAre(1);
    const idle = await post(served, initialize);
    await post(served, initialize);
    expect((await listening.listTools()).tools).toHaveLength(10);
    expect((await post(served, list, { "mcp-session-id": idle.id! })).status).toBe(404);
  });

  test("are forgotten when they were idle too long", async () => {
    let time = 0;
    await using served = await serve({ now: () => time, connectionLimits: { most: 9, idleMs: 1000 } });
    const { id } = await post(served, initialize);
    time = 1001;
    await post(served, initialize);
    expect((await post(served, list, { "mcp-session-id": id! })).status).toBe(404);
  });

  test("end when their client says so", async () => {
    await using served = await serve();
    const { id } = await post(served, initialize);
    const headers = { authorization: `Bearer ${token}`, "mcp-session-id": id! };
    expect((await fetch(served.url, { method: "DELETE", headers })).status).toBe(200);
    expect((await post(served, list, { "mcp-session-id": id! })).status).toBe(404);
  });
});

describe("a client of SDK v1", () => {
  test("lists, calls, and reads failures as failures", async () => {
    await using served = await serve();
    const client = await connectV1(served.url);
    expect((await client.listTools()).tools).toHaveLength(10);
    served.scripted.add();
    const done = await client.callTool({ name: "send_message", arguments: { session_id: "worker-1", message: "hi" } });
    expect(done.structuredContent).toMatchObject({ success: true, receipt: { id: "msg-1" } });
    const refused = await client.callTool({ name: "send_message", arguments: { session_id: "nobody", message: "hi" } });
    expect(refused.isError).toBe(true);
    expect(refused.structuredContent).toMatchObject({ code: "WORKER_UNKNOWN" });
    await client.close();
  });
});

test("a TeamError of the core reaches the caller as it is", async () => {
  await using served = await serve();
  const call = await callerOf(await connect(served.url, "modern"));
  served.scripted.otherwise({
    list: async () => {
      throw new TeamError("WORKER_AMBIGUOUS", "two are called ana", { facts: { ids: ["worker-1", "worker-2"] } });
    },
  });
  expect(await call("list_sessions")).toEqual({
    isError: true,
    text: 'WORKER_AMBIGUOUS: two are called ana. Use the id instead of the name.\n{"ids":["worker-1","worker-2"]}',
    data: {
      ...{ code: "WORKER_AMBIGUOUS", error: "two are called ana", hint: "Use the id instead of the name." },
      ids: ["worker-1", "worker-2"],
    },
  });
});
