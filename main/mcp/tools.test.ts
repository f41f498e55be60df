import type { Client } from "@modelcontextprotocol/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../contract/message.ts";
import type { Request } from "../../contract/request.ts";
import { connect, type Served, serve } from "../../e2e/http/served.ts";
import { tools } from "./tools.ts";

let served: Served;
let client: Client;

beforeEach(async () => {
  served = await serve();
  client = await connect(served.url, "modern");
  await client.listTools(); // From now on the client checks every result against its schema.
});
afterEach(() => served.stop());

const call = async (name: string, args: Record<string, unknown> = {}) => {
  const { isError, content, structuredContent } = await client.callTool({ name, arguments: args });
  const text = content[0]?.type === "text" ? content[0].text : "";
  return { isError: isError ?? false, text, data: structuredContent as Record<string, unknown> };
};

const at = Date.UTC(2026, 10, 22);
const permission = (id: string): Request => ({
  ...{ id, kind: "permission", at, via: "hook", proposal: null, agent: null },
  ...{ tool: "Bash", title: "Lists files", detail: "ls -la" },
});
const said = (seq: number): Message => ({
  ...{ seq, id: `m-${seq}`, at, role: seq % 2 ? "assistant" : "user", from: "claude", text: `text ${seq}` },
  ...{ thinking: "", tools: [], notice: null, problem: null, usage: null },
});

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
    "%s takes null for whatever is optional, ignores what it does not know, and says the same twice",
    async (name, args) => {
      served.scripted.add();
      const { listing } = tools.find((t) => t.listing.name === name)!;
      const optional = Object.keys(listing.inputSchema.properties ?? {}).filter((key) => !(key in args));
      const nulls = Object.fromEntries(optional.map((key) => [key, null]));
      const { isError, text, data } = await call(name, { ...nulls, ...args, colour: "red" });
      expect(isError).toBe(false);
      expect(JSON.parse(text)).toEqual(data);
    },
  );

  test.each([
    "send_message",
    "get_response",
    "get_session_status",
    "close_session",
    "interrupt_session",
    "answer_session",
  ])("%s of a worker that is not there says so, with the next step", async (name) => {
    const { isError, text, data } = await call(name, { session_id: "nobody", message: "hi" });
    expect(isError).toBe(true);
    expect(text).toBe(
      "WORKER_UNKNOWN: Session not found: nobody. Call list_sessions (or claude-team list) to see the workers that exist.",
    );
    expect(data).toMatchObject({ code: "WORKER_UNKNOWN", error: "Session not found: nobody", session_id: "nobody" });
    expect(data.hint).toContain("list_sessions");
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
    [{ project_path: "/p", layout: "diagonal" }, /"auto"\|"new_window"\|"split_vertical"\|"split_horizontal"/],
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

describe("send_message", () => {
  test("returns the receipt at once, with the start of what was sent", async () => {
    served.scripted.add({ name: "ana", phase: { is: "working" } });
    const message = "long ".repeat(40);
    const { data } = await call("send_message", { session_id: "ana", message });
    expect(data).toEqual({
      success: true,
      session_id: "worker-1",
      message_sent: `${message.slice(0, 100)}...`,
      receipt: { id: "msg-1", state: "accepted", notes: [] },
    });
  });

  test("hands over how the message is meant", async () => {
    served.scripted.add();
    await call("send_message", { session_id: "worker-1", message: "/compact", as: "command", when_busy: "interrupt" });
    expect(served.scripted.last("send")?.input).toEqual({
      ...{ worker: "worker-1", text: "/compact", as: "command", whenBusy: "interrupt" },
    });
  });

  test("waits for the answer to exactly this message", async () => {
    const { scripted } = served;
    const worker = scripted.add({ phase: { is: "working" } });
    const answer = call("send_message", { session_id: "worker-1", message: "hi", wait_for_response: true });
    await scripted.called("reply");
    scripted.end(worker, "msg-0", { outcome: "answered", text: "to another" });
    scripted.end(worker, "msg-1", { outcome: "answered", text: "hello", tools: ["Bash"], messageId: "m-9" });
    expect((await answer).data).toMatchObject({
      ...{
        success: true,
        response: "hello",
        outcome: "answered",
        tool_uses: ["Bash"],
        message_id: "m-9",
        timeout: false,
      },
    });
  });

  test.each(["failed", "interrupted", "refused", "truncated"] as const)(
    "tells of a turn that was %s",
    async (outcome) => {
      const { scripted } = served;
      const worker = scripted.add();
      const answer = call("send_message", { session_id: "worker-1", message: "hi", wait_for_response: true });
      await scripted.called("reply");
      scripted.end(worker, "msg-1", { outcome, text: null, problem: { is: "api_error", text: "500", at } });
      expect((await answer).data).toMatchObject({ outcome, response: null, problem: "api_error: 500" });
    },
  );

  test("says what the worker does when the time is over", async () => {
    served.scripted.add({ phase: { is: "working" }, activity: "npm test" });
    const { isError, data } = await call("send_message", {
      ...{ session_id: "worker-1", message: "hi", wait_for_response: true, timeout: 0.01 },
    });
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      ...{
        success: true,
        timeout: true,
        response: null,
        outcome: "pending",
        status: "processing",
        activity: "npm test",
      },
    });
    expect(served.scripted.store.listenerCount).toBe(0);
  });

  test("to a worker that asks is refused with what it asks, in the text too", async () => {
    const { scripted } = served;
    scripted.ask(scripted.add(), permission("req-1"));
    const { isError, text, data } = await call("send_message", { session_id: "worker-1", message: "hi" });
    expect(isError).toBe(true);
    expect(text).toMatch(/^WORKER_ASKING: .*Answer its request first/);
    expect(text).toContain('"request_id":"req-1"');
    expect(text).toContain("ls -la");
    expect(data).toMatchObject({ code: "WORKER_ASKING", requests: [{ request_id: "req-1", detail: "ls -la" }] });
  });

  test("without text is refused", async () => {
    served.scripted.add();
    expect((await call("send_message", { session_id: "worker-1", message: "" })).text).toMatch(/^MESSAGE_EMPTY: /);
  });
});

describe("get_response", () => {
  test("of a worker that is done returns its answer at once", async () => {
    const { scripted } = served;
    const worker = scripted.add({ messageCount: 4 });
    await call("send_message", { session_id: "worker-1", message: "hi" });
    scripted.end(worker, "msg-1", { outcome: "answered", text: "hello", messageId: "m-1" });
    expect((await call("get_response", { session_id: "worker-1" })).data).toMatchObject({
      ...{ session_id: "worker-1", status: "idle", is_processing: false, last_response: "hello" },
      ...{ tool_uses: [], message_count: 4, message_id: "m-1", timeout: false },
    });
  });

  test("without wait tells how far it is", async () => {
    served.scripted.add({ phase: { is: "working" } });
    const { data } = await call("get_response", { session_id: "worker-1", wait: false });
    expect(data).toMatchObject({ status: "processing", is_processing: true, last_response: null, outcome: "pending" });
  });

  test("of a worker that asks returns its requests, and that it is not processing", async () => {
    const { scripted } = served;
    scripted.ask(scripted.add(), permission("req-1"), permission("req-2"));
    const { data } = await call("get_response", { session_id: "worker-1" });
    expect(data).toMatchObject({ status: "waiting_for_input", is_processing: false, outcome: "asking" });
    expect(data.requests).toMatchObject([{ request_id: "req-1" }, { request_id: "req-2" }]);
  });

  test("says so when the time is over, and never returns an older answer", async () => {
    const { scripted } = served;
    const worker = scripted.add({ phase: { is: "working" }, lastReply: { messageId: "m-0", text: "older", at } });
    await call("send_message", { session_id: "worker-1", message: "hi" });
    scripted.work(worker);
    const { text, data } = await call("get_response", { session_id: "worker-1", timeout: 0.01 });
    expect(data).toMatchObject({ timeout: true, last_response: null, is_processing: true });
    expect(text).not.toContain("older");
  });

  test.each([-1, 3601, "soon"])("does not take %j seconds", async (timeout) => {
    served.scripted.add();
    expect((await call("get_response", { session_id: "worker-1", timeout })).text).toMatch(/^INPUT_INVALID: timeout: /);
  });
});

test("get_session_status shows the reasons, the last rows and the requests", async () => {
  const { scripted } = served;
  const why = [
    { signal: "live", says: "status is busy", at, agrees: true },
    { signal: "screen", says: "looks idle", at, agrees: false },
  ] as const;
  scripted.add({ phase: { is: "asking", requests: [permission("req-1")] }, why: [...why] });
  expect((await call("get_session_status", { session_id: "worker-1" })).data).toMatchObject({
    ...{ status: "waiting_for_input", is_responsive: true, screen_preview: "one\ntwo", screen_error: null },
    why: ["live: status is busy", "screen: looks idle (overruled)"],
    requests: [{ request_id: "req-1", kind: "permission", tool: "Bash", detail: "ls -la", answerable: true }],
  });
});

describe("wait_for_sessions", () => {
  test("takes its list as JSON text, and returns when all are done", async () => {
    const { scripted } = served;
    const [one, two] = [scripted.add({ phase: { is: "working" } }), scripted.add({ phase: { is: "working" } })];
    const waited = call("wait_for_sessions", { session_ids: '["worker-1","worker-2"]' });
    await scripted.called("wait");
    scripted.rest(one);
    scripted.ask(two, permission("req-1"));
    expect((await waited).data).toMatchObject({
      settled: [
        { session_id: "worker-1", status: "idle" },
        { session_id: "worker-2", status: "waiting_for_input" },
      ],
      ...{ waiting: [], timeout: false },
    });
  });

  test("with mode any returns at the first", async () => {
    const { scripted } = served;
    scripted.add({ phase: { is: "working" } });
    scripted.add();
    const { data } = await call("wait_for_sessions", { session_ids: ["worker-1", "worker-2"], mode: "any" });
    expect(data).toMatchObject({ settled: [{ session_id: "worker-2" }], waiting: [{ session_id: "worker-1" }] });
  });

  test("says who is still at work when the time is over", async () => {
    const { scripted } = served;
    scripted.add({ phase: { is: "working" } });
    scripted.add();
    const { data } = await call("wait_for_sessions", { session_ids: ["worker-1", "worker-2"], timeout: 0.01 });
    expect(data).toMatchObject({
      ...{ timeout: true, settled: [{ session_id: "worker-2" }], waiting: [{ session_id: "worker-1" }] },
    });
  });

  test("of nobody is refused", async () => {
    expect((await call("wait_for_sessions", { session_ids: [] })).text).toMatch(/^INPUT_INVALID: session_ids: /);
  });
});

describe("answer_session", () => {
  test("hands the answer to the request that is named", async () => {
    const { scripted } = served;
    scripted.ask(scripted.add(), permission("req-1"), permission("req-2"));
    const { data } = await call("answer_session", {
      ...{ session_id: "worker-1", request_id: "req-2", decision: "deny", reason: "not here" },
    });
    expect(data).toMatchObject({ success: true, session_id: "worker-1", request_id: "req-2", outcome: "answered" });
    expect(scripted.last("answer")?.input).toMatchObject({
      request: "req-2",
      answer: { decision: "deny", reason: "not here" },
    });
  });

  test("takes answers to questions, as JSON text too", async () => {
    const { scripted } = served;
    scripted.ask(scripted.add(), permission("req-1"));
    await call("answer_session", { session_id: "worker-1", answers: '{"Colour?":["Red","Blue"]}' });
    expect(scripted.last("answer")?.input).toMatchObject({ answer: { answers: { "Colour?": ["Red", "Blue"] } } });
  });

  test("tells when a person must confirm it", async () => {
    served.scripted.add();
    served.scripted.otherwise({ answer: async () => ({ request: "req-1", outcome: "proposed", via: "hook" }) });
    const { data } = await call("answer_session", { session_id: "worker-1", decision: "allow" });
    expect(data).toMatchObject({ outcome: "proposed" });
    expect(data.message).toContain("a person must confirm");
  });

  test("of a request that is gone says so", async () => {
    served.scripted.add();
    const { text } = await call("answer_session", { session_id: "worker-1", request_id: "req-9", decision: "allow" });
    expect(text).toMatch(/^REQUEST_GONE: .*get_session_status/);
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

describe("get_conversation_history", () => {
  beforeEach(() =>
    served.scripted.say(
      served.scripted.add(),
      Array.from({ length: 12 }, (_, seq) => said(seq)),
    ),
  );

  test.each([
    [{}, [7, 12], 1],
    [{ offset: 1 }, [2, 7], 1],
    [{ offset: 2 }, [0, 2], 1],
    [{ pages: 2 }, [2, 12], 2],
    [{ pages: 99 }, [0, 12], 3],
  ])("%o returns the messages %j in the order they were said", async (args, [from, to], pages_returned) => {
    const { data } = await call("get_conversation_history", { session_id: "worker-1", ...args });
    const messages = data.messages as { uuid: string }[];
    expect(messages.map((m) => m.uuid)).toEqual(Array.from({ length: to! - from! }, (_, i) => `m-${from! + i}`));
    expect(data.page_info).toMatchObject({
      ...{ total_messages: 12, total_pages: 3, page_size: 5, pages_returned, messages_returned: messages.length },
      ...{ start_index: from, end_index: to },
    });
  });

  test("beyond the beginning is empty, with a note", async () => {
    const { data } = await call("get_conversation_history", { session_id: "worker-1", offset: 9 });
    expect(data.messages).toEqual([]);
    expect(data.page_info).toMatchObject({
      offset: 9,
      pages_returned: 0,
      note: "offset 9 is beyond the 3 pages there are",
    });
  });

  test.each([{ pages: 0 }, { offset: -1 }, { pages: 1.5 }])("%o is refused", async (args) => {
    const { isError, text } = await call("get_conversation_history", { session_id: "worker-1", ...args });
    expect(isError).toBe(true);
    expect(text).toMatch(/^INPUT_INVALID: (pages|offset): /);
  });
});
