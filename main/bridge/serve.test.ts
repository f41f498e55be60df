import { describe, expect, test } from "vitest";
import { anyWorker } from "../../contract/any-worker.ts";
import { TeamError } from "../../contract/error.ts";
import type { Frame } from "../../contract/frame.ts";
import type { Team } from "../team/commands.ts";
import { createStore } from "../team/store.ts";
import { serve } from "./serve.ts";
import { id, panel } from "./test-kit.ts";

/** Resolves when the promise's signal is aborted, as every waiting command does. */
const untilAborted = (signal?: AbortSignal) =>
  new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

describe("what a panel is told", () => {
  test("first the whole team, then every event in order", async () => {
    const { store, next } = panel();
    store.dispatch({ type: "team.managers", managers: 1 });
    store.dispatch({ type: "worker.renamed", id, name: "bo" });
    expect([await next(), await next(), await next()]).toEqual([
      {
        kind: "event",
        event: { type: "team.snapshot", workers: [anyWorker()], managers: 0, settings: null, activity: [] },
      },
      { kind: "event", event: { type: "team.managers", managers: 1 } },
      { kind: "event", event: { type: "worker.renamed", id, name: "bo" } },
    ]);
  });

  test("nothing is listened to any more when the pipe closes", async () => {
    const { store, here, closed } = panel();
    here.close("bye");
    await closed;
    expect(store.listenerCount).toBe(0);
  });

  test("a pipe that cannot be written to is closed, and the team goes on", () => {
    const store = createStore();
    const reasons: string[] = [];
    const broken = {
      post: () => {
        throw new Error("EPIPE");
      },
      onFrame: () => {},
      onClose: () => {},
      close: (reason: string) => void reasons.push(reason),
    };
    serve(broken, { team: {} as Team, store, report: () => {} });
    store.dispatch({ type: "team.managers", managers: 1 });
    expect(reasons).toEqual(["it could not be written to"]);
    expect(store.state.managers).toBe(1);
  });
});

describe("calls", () => {
  test("reach the team parsed, as a person, and bring back its answer", async () => {
    const { next, call } = panel({
      rename: async (input, by) => anyWorker({ name: `${input.name} by ${by}` }),
    });
    await next();
    call("rename", { worker: id, name: "  bo  " });
    expect(await next()).toEqual({ kind: "result", id: 1, value: anyWorker({ name: "bo by person" }) });
  });

  test.each([
    ["no such command", "destroy", {}],
    ["a name every object has", "constructor", {}],
    ["an input that does not fit", "rename", { worker: id }],
    ["an input of another kind", "rename", [id]],
  ])("are refused with INPUT_INVALID: %s", async (_, name, input) => {
    const { next, call } = panel();
    await next();
    call(name, input);
    expect(await next()).toMatchObject({ kind: "result", id: 1, error: { code: "INPUT_INVALID" } });
  });

  test("bring back a failure with its code and facts", async () => {
    const { next, call } = panel({
      close: async () => {
        throw new TeamError("WORKER_BUSY", "it works", { facts: { since: 1 } });
      },
    });
    await next();
    call("close", { worker: id });
    const error = { code: "WORKER_BUSY", message: "it works", facts: { since: 1 } };
    expect(await next()).toEqual({ kind: "result", id: 1, error });
  });

  test("that meet a fault of ours say INTERNAL with an id, and the cause is reported", async () => {
    const fault = new RangeError("secret detail");
    const { next, call, reported } = panel({
      list: () => {
        throw fault;
      },
    });
    await next();
    call("list", {});
    const frame = await next();
    expect(frame).toMatchObject({ error: { code: "INTERNAL" } });
    expect(JSON.stringify(frame)).not.toContain("secret detail");
    expect(reported).toEqual([fault]);
  });

  test("end with CANCELLED when they are cancelled", async () => {
    const { here, next, call } = panel({ wait: (_input, _by, signal) => untilAborted(signal) });
    await next();
    call("wait", { workers: [id] }, 7);
    here.post({ kind: "cancel", id: 7 });
    expect(await next()).toMatchObject({ kind: "result", id: 7, error: { code: "CANCELLED" } });
  });

  test("are all aborted when the panel goes away", async () => {
    let aborted: () => void;
    const done = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const { here, call } = panel({
      wait: (_input, _by, signal) => {
        signal?.addEventListener("abort", () => aborted());
        here.close("gone");
        return untilAborted(signal);
      },
    });
    call("wait", { workers: [id] });
    await done;
  });

  test("are limited to a hundred at a time, and the others still end", async () => {
    const { here, next, call } = panel({ wait: (_input, _by, signal) => untilAborted(signal) });
    await next();
    for (let number = 1; number <= 101; number++) call("wait", { workers: [id] }, number);
    expect(await next()).toMatchObject({ id: 101, error: { code: "INPUT_INVALID" } });
    here.post({ kind: "cancel", id: 5 });
    expect(await next()).toMatchObject({ id: 5, error: { code: "CANCELLED" } });
  });
});

describe("what is not a call or a cancel closes the pipe", () => {
  test.each([
    ["nothing", null],
    ["a call without an input", { kind: "call", id: 1, name: "list" }],
    ["a text", "call"],
    ["an unknown kind", { kind: "exec" }],
    ["a call without a name", { kind: "call", id: 1 }],
    ["a call with a fractional id", { kind: "call", id: 1.5, name: "list", input: {} }],
    ["an event", { kind: "event", event: { type: "team.managers", managers: 9 } }],
    ["a result", { kind: "result", id: 1, value: 1 }],
  ])("%s", async (_, raw) => {
    const { store, here, closed } = panel();
    here.post(raw as Frame);
    await closed;
    expect(store.listenerCount).toBe(0);
    expect(store.state.managers).toBe(0);
  });

  test("a call under the number of one that is still open", async () => {
    const { call, closed } = panel({ wait: (_input, _by, signal) => untilAborted(signal) });
    call("wait", { workers: [id] });
    call("list", {});
    await closed;
  });
});

test("a bridge that is disposed of closes its pipe", async () => {
  const { served, closed, store } = panel();
  served[Symbol.dispose]();
  await closed;
  expect(store.listenerCount).toBe(0);
});
