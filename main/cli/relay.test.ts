import { EventEmitter, on } from "node:events";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { callerOf, type Served, serve, token } from "../../e2e/http/served.ts";
import type { Running } from "../home/running.ts";
import { openFarEnd } from "./far-end.ts";
import { type RelayDeps, relay } from "./relay.ts";

/** Servers that come and go, and how the relay finds them. */
function servers() {
  const changed = new EventEmitter();
  const all: Served[] = [];
  let current: Served | undefined;
  const running = (served: Served): Running => ({
    url: served.url.href,
    panel: "",
    port: Number(served.url.port),
    pid: process.pid,
    startedAt: all.indexOf(served),
  });
  return {
    all,
    get current() {
      if (!current) throw new Error("no server runs");
      return current;
    },
    async start(): Promise<Served> {
      current = await serve();
      all.push(current);
      changed.emit("changed");
      return current;
    },
    /** Answers what is in flight, then ends. */
    async stop(): Promise<void> {
      await current?.stop();
      current = undefined;
    },
    /** Ends without a word. */
    async crash(): Promise<void> {
      await current?.http.close();
      current = undefined;
    },
    async ensure(): Promise<Running> {
      if (!current) await this.start();
      return running(this.current);
    },
    async next(known: Running, signal: AbortSignal): Promise<Running> {
      const changes = on(changed, "changed", { signal });
      while (!current || running(current).startedAt === known.startedAt) await changes.next();
      await changes.return?.();
      return running(current);
    },
  };
}

let world: ReturnType<typeof servers>;
let client: Client;
let gone: Promise<void>;
let reports: unknown[];
beforeEach(() => {
  world = servers();
  reports = [];
});
afterEach(async () => {
  await client.close();
  await gone;
  for (const served of world.all) await served.stop();
});

async function connect(era: "modern" | "legacy", more: Partial<RelayDeps> = {}): Promise<void> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  gone = relay({
    near: far,
    ensure: () => world.ensure(),
    next: world.next,
    open: (running, onMessage) => openFarEnd(running, async () => token, onMessage),
    report: (cause) => void reports.push(cause),
    ...more,
  });
  const mode = era === "modern" ? { pin: "2026-07-28" } : "legacy";
  client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
  await client.connect(near);
}

describe.each(["modern", "legacy"] as const)("a client of the %s era", (era) => {
  test("finds the server that is started for it, and calls its tools", async () => {
    await connect(era);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toContain("spawn_session");
    const call = await callerOf(client);
    expect((await call("spawn_session", { project_path: "/project" })).data.session_id).toBe("worker-1");
    expect(await call("get_session_status", { session_id: "nobody" })).toMatchObject({
      isError: true,
      text: expect.stringContaining("WORKER_UNKNOWN"),
    });
    expect(world.all).toHaveLength(1);
  });

  test("sees the progress of a call that waits", async () => {
    await connect(era);
    const { scripted } = world.current;
    const worker = scripted.add();
    scripted.work(worker);
    const waiting = new Promise<void>((progressed, failed) => {
      const call = { name: "wait_for_sessions", arguments: { session_ids: [worker.id] } };
      client.callTool(call, { onprogress: () => progressed() }).catch(failed);
    });
    await waiting;
    scripted.rest(worker);
  });

  test("cancels a call at the server", async () => {
    await connect(era);
    const { scripted } = world.current;
    scripted.work(scripted.add());
    const cancel = new AbortController();
    const called = scripted.called("wait");
    const call = { name: "wait_for_sessions", arguments: { session_ids: ["worker-1"] } };
    const waiting = client.callTool(call, { signal: cancel.signal });
    await called;
    const { signal } = scripted.last("wait")!;
    const aborted = new Promise((resolve) => signal?.addEventListener("abort", resolve));
    cancel.abort();
    await expect(waiting).rejects.toThrow();
    await aborted;
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  });

  test("goes on after the server was restarted between two calls", async () => {
    await connect(era);
    await client.listTools();
    await world.stop();
    await world.start();
    expect((await (await callerOf(client))("list_sessions")).data.count).toBe(0);
    expect(world.all).toHaveLength(2);
  });

  test("has a server started again when it calls while none runs", async () => {
    await connect(era);
    await client.listTools();
    await world.stop();
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    expect(world.all).toHaveLength(2);
  });

  test("gets the answer of a server that stops during its call", async () => {
    await connect(era);
    const call = await callerOf(client);
    const { scripted } = world.current;
    scripted.work(scripted.add());
    const called = scripted.called("wait");
    const waiting = call("wait_for_sessions", { session_ids: ["worker-1"] });
    await called;
    await world.stop();
    expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining("STOPPING") });
    expect((await call("list_sessions")).isError).toBe(false);
  });

  test("is told when the server ends during its call without a word, and can call again", async () => {
    await connect(era);
    const { scripted } = world.current;
    scripted.work(scripted.add());
    const called = scripted.called("wait");
    const waiting = client.callTool({ name: "wait_for_sessions", arguments: { session_ids: ["worker-1"] } });
    await called;
    const told = expect(waiting).rejects.toThrow(/may have been carried out/);
    await world.crash();
    await told;
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  });

  test("that is idle counts as connected to a server that came up later", async () => {
    await connect(era);
    if (era === "modern") await client.listen({ toolsListChanged: true });
    await world.current.managersAre(1);
    await world.crash();
    const later = await world.start();
    await later.managersAre(1);
  });

  test("that leaves is no longer counted", async () => {
    await connect(era);
    if (era === "modern") await client.listen({ toolsListChanged: true });
    await world.current.managersAre(1);
    await client.close();
    await gone;
    await world.current.managersAre(0);
  });

  test("is told why no server can be started, and tries again with its next call", async () => {
    let broken = false;
    const ensure = async () => {
      if (broken) throw new TeamError("PORT_TAKEN", "port 4517 cannot be used (EADDRINUSE)");
      return world.ensure();
    };
    await connect(era, { ensure });
    await world.stop();
    broken = true;
    await expect(client.listTools()).rejects.toThrow(/PORT_TAKEN: port 4517 .* Stop that program/);
    broken = false;
    expect((await client.listTools()).tools.length).toBeGreaterThan(0);
  });

  test("twenty calls at once after a restart start one server", async () => {
    await connect(era);
    await world.stop();
    const lists = await Promise.all(Array.from({ length: 20 }, () => client.callTool({ name: "list_sessions" })));
    expect(lists.every((told) => !told.isError)).toBe(true);
    expect(world.all).toHaveLength(2);
  });
});

test("a client that was told of the end and listens again waits for the next server, and starts none", async () => {
  await connect("modern");
  await world.stop();
  const listening = client.listen({ toolsListChanged: true });
  const later = await world.start();
  await listening;
  await later.managersAre(1);
  expect(world.all).toHaveLength(2);
});
