import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { permission } from "../../e2e/http/scripted-team.ts";
import { type CallTool, callerOf, connect, type Served, serve } from "../../e2e/http/served.ts";

let served: Served;
let call: CallTool;

beforeEach(async () => {
  served = await serve();
  call = await callerOf(await connect(served.url, "modern"));
});
afterEach(() => served.stop());

const at = Date.UTC(2026, 10, 22);

describe("send_message", () => {
  test("returns the receipt at once, with the start of what was sent", async () => {
    served.scripted.add({ name: "ana", phase: { is: "working" } });
    const message = "long ".repeat(40);
    const { data } = await call("send_message", { session_id: "ana", message });
    expect(data).toEqual({
      success: true,
      session_id: "worker-1",
      message_sent: `${message.slice(0, 100)}...`,
      receipt: { id: "msg-1", text: message, state: "accepted", notes: [] },
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

  test("to a worker that is renamed meanwhile is told of by its id", async () => {
    const { scripted } = served;
    const { id } = scripted.add({ phase: { is: "working" }, name: "ana" });
    const called = scripted.called("reply");
    const answer = call("send_message", { session_id: "ana", message: "hi", wait_for_response: true, timeout: 0.05 });
    await called;
    scripted.store.dispatch({ type: "worker.renamed", id, name: "bea" });
    expect((await answer).data).toMatchObject({ session_id: "worker-1", timeout: true, receipt: { id: "msg-1" } });
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

  test("tells of the others when one is renamed and one taken off the list meanwhile", async () => {
    const { scripted } = served;
    const [ana, bea] = ["ana", "bea"].map((name) => scripted.add({ phase: { is: "working" }, name }));
    const gone = scripted.add({ phase: { is: "gone", reason: "closed" } });
    const called = scripted.called("wait");
    const waited = call("wait_for_sessions", { session_ids: ["ana", "bea", gone.id], timeout: 0.05 });
    await called;
    scripted.store.dispatch({ type: "worker.renamed", id: ana!.id, name: "bea" });
    scripted.store.dispatch({ type: "worker.renamed", id: bea!.id, name: "ann" });
    scripted.store.dispatch({ type: "worker.dismissed", id: gone.id });
    const { settled, waiting } = (await waited).data;
    expect(settled).toEqual([]);
    expect(waiting).toMatchObject([{ session_id: "worker-1" }, { session_id: "worker-2" }]);
  });

  test("tells each once, however often and by whatever name it is asked for", async () => {
    const { scripted } = served;
    scripted.add({ phase: { is: "working" }, name: "ana" });
    scripted.add();
    const session_ids = ["ana", "worker-1", "worker-2", "worker-2"];
    const { data } = await call("wait_for_sessions", { session_ids, timeout: 0.01 });
    expect(data.settled).toMatchObject([{ session_id: "worker-2" }]);
    expect(data.waiting).toMatchObject([{ session_id: "worker-1" }]);
  });

  test("of nobody is refused", async () => {
    expect((await call("wait_for_sessions", { session_ids: [] })).text).toMatch(/^INPUT_INVALID: session_ids: /);
  });
});
