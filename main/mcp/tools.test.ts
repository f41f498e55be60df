import type { Client } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { permission } from "../../e2e/http/scripted-team.ts";
import { type CallTool, callerOf, connect, type Served, serve } from "../../e2e/http/served.ts";
import { tools } from "./tools.ts";

let served: Served;
let client: Client;
let call: CallTool;

beforeEach(async () => {
  served = await serve();
  client = await connect(served.url, "modern");
  call = await callerOf(client);
});
afterEach(() => served.stop());

describe("every tool", () => {
  test("stands in one list, in the order agents see", async () => {
    expect((await client.listTools()).tools.map((t) => t.name)).toEqual([
      "spawn_session",
      "list_sessions",
      "send_message",
      "wait_for_sessions",
      "get_response",
      "get_session_status",
      "answer_session",
      "interrupt_session",
      "get_conversation_history",
      "close_session",
    ]);
  });

  test.each(tools.map(({ listing }) => [listing.name, listing] as const))(
    "%s tells all that an agent needs",
    (_, tool) => {
      expect(tool.title).toMatch(/^[A-Z]/);
      expect(tool.description?.length).toBeGreaterThan(30);
      expect(tool._meta).toEqual({ "anthropic/alwaysLoad": true });
      expect(tool.inputSchema).toMatchObject({ type: "object" });
      expect(tool.outputSchema).toMatchObject({ type: "object" });
    },
  );

  test.each([
    ["list_sessions", true, undefined],
    ["get_response", true, undefined],
    ["get_session_status", true, undefined],
    ["get_conversation_history", true, undefined],
    ["wait_for_sessions", true, undefined],
    ["spawn_session", false, false],
    ["send_message", false, false],
    ["answer_session", false, false],
    ["interrupt_session", false, false],
    ["close_session", false, true],
  ])("%s says whether it only reads (%s) and whether it destroys (%s)", (name, readOnlyHint, destructiveHint) => {
    const { annotations } = tools.find((t) => t.listing.name === name)!.listing;
    expect(annotations?.readOnlyHint).toBe(readOnlyHint);
    expect(annotations?.destructiveHint).toBe(destructiveHint);
  });

  test.each([
    ["spawn_session", { project_path: "/p" }],
    ["list_sessions", {}],
    ["send_message", { session_id: "worker-1", message: "hi" }],
    ["wait_for_sessions", { session_ids: ["worker-1"] }],
    ["get_response", { session_id: "worker-1" }],
    ["get_session_status", { session_id: "worker-1" }],
    ["interrupt_session", { session_id: "worker-1" }],
    ["get_conversation_history", { session_id: "worker-1" }],
    ["close_session", { session_id: "worker-1" }],
  ])(
    "%s takes null for whatever is optional, and for what it does not know, and says the same twice",
    async (name, args) => {
      served.scripted.add();
      const { listing } = tools.find((t) => t.listing.name === name)!;
      const optional = Object.keys(listing.inputSchema.properties ?? {}).filter((key) => !(key in args));
      const nulls = Object.fromEntries(optional.map((key) => [key, null]));
      const { isError, text, data } = await call(name, { ...nulls, ...args, colour: null, _meta: {} });
      expect(isError).toBe(false);
      expect(JSON.parse(text)).toEqual(data);
    },
  );

  test.each([
    ["send_message", { message: "hi" }],
    ["get_response", {}],
    ["get_session_status", {}],
    ["close_session", {}],
    ["interrupt_session", {}],
    ["answer_session", {}],
  ])("%s of a worker that is not there says so, with the next step", async (name, more) => {
    const { isError, text, data } = await call(name, { session_id: "nobody", ...more });
    expect(isError).toBe(true);
    expect(text).toBe(
      "WORKER_UNKNOWN: Session not found: nobody. Call list_sessions (or claude-team list) to see the workers that exist.",
    );
    expect(data).toMatchObject({ code: "WORKER_UNKNOWN", error: "Session not found: nobody", session_id: "nobody" });
    expect(data.hint).toContain("list_sessions");
  });

  test.each(tools.map(({ listing }) => listing))(
    "$name tells clients that it takes nothing else",
    ({ inputSchema }) => {
      expect(inputSchema.additionalProperties).toBe(false);
    },
  );

  test("a misspelt argument is refused, with the one that is meant, and nothing is done", async () => {
    const { isError, text } = await call("spawn_session", { project_path: "/p", permision_mode: "plan" });
    expect(isError).toBe(true);
    expect(text).toBe(
      'INPUT_INVALID: no argument is called "permision_mode", the nearest is permission_mode. Fix the named field and call again.',
    );
    expect(served.scripted.calls).toEqual([]);
  });

  test("a failure repeats no more of what was given than a reader can use", async () => {
    const { text, data } = await call("get_session_status", { session_id: "x".repeat(400_000) });
    expect(text).toMatch(/^WORKER_UNKNOWN: Session not found: x+\.\.\. Call list_sessions/);
    expect(text.length + JSON.stringify(data).length).toBeLessThan(10_000);
  });

  test("acts as a manager, never as a person", async () => {
    served.scripted.add();
    await call("get_session_status", { session_id: "worker-1" });
    await call("send_message", { session_id: "worker-1", message: "hi" });
    expect(new Set(served.scripted.calls.map((c) => c.by))).toEqual(new Set(["manager"]));
  });
});

describe("spawn_session", () => {
  test("returns the new session", async () => {
    const { data } = await call("spawn_session", { project_path: "/p", session_name: "ana", model: "opus" });
    expect(data).toMatchObject({
      session_id: "worker-1",
      name: "ana",
      project_path: "/p",
      status: "idle",
      claude_session_id: "c-1",
    });
  });

  test.each([
    ["auto", undefined, { at: "auto" }],
    ["new_window", undefined, { at: "window" }],
    ["tab", undefined, { at: "tab" }],
    ["split_vertical", "worker-1", { at: "right", of: "worker-1" }],
    ["split_horizontal", undefined, { at: "below" }],
  ])("with layout %s and split_from_session %s opens at %o", async (layout, split_from_session, place) => {
    await call("spawn_session", { project_path: "/p", layout, ...(split_from_session && { split_from_session }) });
    expect(served.scripted.last("spawn")?.input).toMatchObject({ place });
  });

  test("with skip_permissions asks for the bypass mode, which the core refuses", async () => {
    const { isError, text } = await call("spawn_session", { project_path: "/p", skip_permissions: true });
    expect(served.scripted.last("spawn")?.input).toMatchObject({ permissionMode: "bypassPermissions" });
    expect(isError).toBe(true);
    expect(text).toMatch(/^NOT_ALLOWED: /);
  });

  test.each([
    [{}, /^INPUT_INVALID: project_path: /],
    [{ project_path: "/missing/x" }, /^DIRECTORY_MISSING: there is no directory \/missing\/x\./],
    [{ project_path: "/p", layout: "diagonal" }, /"auto"\|"new_window"\|"tab"\|"split_vertical"\|"split_horizontal"/],
    [{ project_path: "/p", permission_mode: "bypassPermissions" }, /"manual"\|"acceptEdits"\|"plan"/],
    [{ project_path: "/p", model: "--settings=x" }, /^INPUT_INVALID: model: /],
  ])("%o is refused", async (args, text) => {
    const result = await call("spawn_session", args);
    expect(result.isError).toBe(true);
    expect(result.text).toMatch(text);
    expect(served.scripted.store.state.workers.size).toBe(0);
  });
});

describe("list_sessions", () => {
  beforeEach(() => {
    const { add } = served.scripted;
    add({ phase: { is: "working" } });
    add();
    add({ phase: { is: "gone", reason: "closed" } });
  });

  test.each<[Record<string, unknown>, string[]]>([
    [{}, ["worker-1", "worker-2"]],
    [{ include_closed: true }, ["worker-1", "worker-2", "worker-3"]],
    [{ status_filter: "processing" }, ["worker-1"]],
    [{ status_filter: "busy" }, ["worker-1"]],
    [{ status_filter: "ready" }, ["worker-2"]],
    [{ status_filter: "spawning" }, []],
    [{ status_filter: "closed" }, ["worker-3"]],
  ])("%o lists %j", async (args, ids) => {
    const { data } = await call("list_sessions", args);
    expect((data.sessions as { session_id: string }[]).map((s) => s.session_id)).toEqual(ids);
    expect(data.count).toBe(ids.length);
  });

  test("of a status that there is not names those there are", async () => {
    const { isError, text } = await call("list_sessions", { status_filter: "bogus" });
    expect(isError).toBe(true);
    expect(text).toContain('"starting"|"idle"|"processing"|"waiting_for_input"|"closed"');
  });
});

test("get_session_status shows the reasons, the last rows, the requests and what was sent", async () => {
  const { scripted } = served;
  const sent = { by: "manager", state: "submitted" } as const;
  const receipt = { id: "msg-1", text: "hi", at: 1, ...sent, notes: ["a note"] };
  const why = [
    { signal: "live", says: "status is busy", at: 1, agrees: true },
    { signal: "screen", says: "looks idle", at: 1, agrees: false },
  ] as const;
  scripted.add({ phase: { is: "asking", requests: [permission("req-1")] }, why: [...why], receipts: [receipt] });
  expect((await call("get_session_status", { session_id: "worker-1" })).data).toMatchObject({
    ...{ status: "waiting_for_input", is_responsive: true, screen_preview: "one\ntwo", screen_error: null },
    receipts: [{ id: "msg-1", text: "hi", state: "submitted", notes: ["a note"] }],
    why: ["live: status is busy", "screen: looks idle (overruled)"],
    requests: [{ request_id: "req-1", kind: "permission", tool: "Bash", detail: "ls -la", answerable: true }],
  });
});

test("interrupt_session returns the worker as it is then", async () => {
  served.scripted.add({ phase: { is: "working" } });
  const { data } = await call("interrupt_session", { session_id: "worker-1" });
  expect(data).toMatchObject({ success: true, session_id: "worker-1", status: "idle" });
});

describe("close_session", () => {
  test("closes a worker, and one at work only with force", async () => {
    served.scripted.add({ phase: { is: "working" } });
    expect((await call("close_session", { session_id: "worker-1" })).text).toMatch(/^WORKER_BUSY: .*force/);
    const { data } = await call("close_session", { session_id: "worker-1", force: true });
    expect(data).toEqual({ success: true, session_id: "worker-1", message: "worker-1 is closed" });
  });
});
