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

  test("returns the worker's id, whatever it was called by", async () => {
    served.scripted.ask(served.scripted.add({ name: "ana" }), permission("req-1"));
    const { data } = await call("answer_session", { session_id: "ana", decision: "allow" });
    expect(data).toMatchObject({ session_id: "worker-1", request_id: "req-1" });
  });

  test("takes answers to questions, as JSON text too", async () => {
    const { scripted } = served;
    scripted.ask(scripted.add(), permission("req-1"));
    await call("answer_session", { session_id: "worker-1", answers: '{"Colour?":["Red","Blue"]}' });
    expect(scripted.last("answer")?.input).toMatchObject({ answer: { answers: { "Colour?": ["Red", "Blue"] } } });
  });

  test("tells when a person must confirm it", async () => {
    const { id: worker } = served.scripted.add();
    served.scripted.otherwise({ answer: async () => ({ worker, request: "req-1", outcome: "proposed", via: "hook" }) });
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
