import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyWorker } from "../../contract/any-worker.ts";
import { TeamError } from "../../contract/error.ts";
import type { TeamEvent } from "../../contract/events.ts";
import type { Frame } from "../../contract/frame.ts";
import { emptyTeam, reduce } from "../../contract/reduce.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import { memoryPipe } from "../../main/bridge/memory-pipe.ts";
import { serve } from "../../main/bridge/serve.ts";
import type { Team } from "../../main/team/commands.ts";
import { createStore } from "../../main/team/store.ts";
import { connect } from "./connect.ts";

const turn = () => new Promise(setImmediate);

/** A panel connected to a store through the real bridge, with what it has folded so far. */
function panel(store = createStore(), team: Partial<Team> = {}) {
  const [mine, theirs] = memoryPipe();
  let state = emptyTeam;
  const closed: string[] = [];
  const link = connect(
    mine,
    (event) => {
      state = reduce(state, event);
    },
    () => closed.push("closed"),
  );
  const served = serve(theirs, { team: team as Team, store, report: () => {} });
  return { store, link, served, closed, state: () => state };
}

describe("calls", () => {
  test("bring back the answer", async () => {
    const { link } = panel(createStore(), { look: async () => ({}) });
    expect(await link.call("look", { worker: "ana" })).toEqual({});
  });

  test("bring back a failure with its code, message and facts", async () => {
    const { link } = panel(createStore(), {
      close: async () => {
        throw new TeamError("WORKER_BUSY", "ana is working", { facts: { since: 4 } });
      },
    });
    await expect(link.call("close", { worker: "ana" })).rejects.toMatchObject({
      name: "TeamError",
      code: "WORKER_BUSY",
      message: "ana is working",
      facts: { since: 4 },
    });
  });

  test("that are aborted reject at once and are cancelled at the other end", async () => {
    const seen: AbortSignal[] = [];
    const { link } = panel(createStore(), {
      wait: (_input, _by, signal) => {
        if (signal) seen.push(signal);
        return new Promise(() => {});
      },
    });
    const abort = new AbortController();
    const call = link.call("wait", { workers: ["ana"] }, abort.signal);
    await turn();
    abort.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    await turn();
    expect(seen[0]?.aborted).toBe(true);
  });

  test("that are aborted beforehand are never sent", async () => {
    const [mine, theirs] = memoryPipe();
    const sent: unknown[] = [];
    theirs.onFrame((frame) => sent.push(frame));
    const link = connect(
      mine,
      () => {},
      () => {},
    );
    await expect(link.call("list", {}, AbortSignal.abort())).rejects.toThrow();
    await turn();
    expect(sent).toEqual([]);
  });

  test("reject with SERVER_UNREACHABLE when the connection ends, and so do later ones", async () => {
    const { link, served, closed } = panel(createStore(), { wait: () => new Promise(() => {}) });
    const call = link.call("wait", { workers: ["ana"] });
    served[Symbol.dispose]();
    await expect(call).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    await expect(link.call("list", {})).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    expect(closed).toEqual(["closed"]);
  });

  test("leave no listener on the signal", async () => {
    const { link } = panel(createStore(), { look: async () => ({}) });
    const abort = new AbortController();
    let listeners = 0;
    const { signal } = abort;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => {
        listeners++;
        add(...args);
      },
      removeEventListener: (...args: Parameters<typeof remove>) => {
        listeners--;
        remove(...args);
      },
    });
    await link.call("look", { worker: "ana" }, signal);
    expect(listeners).toBe(0);
  });
});

const ids = fc.constantFrom(...(["worker-1", "worker-2", "worker-3"] as WorkerId[]));
const word = fc.string({ maxLength: 12 });
const moment = fc.integer({ min: 0, max: 1e9 });
const maybe = fc.option(word);
const phase = fc.oneof(
  fc.record({ is: fc.constantFrom("starting", "idle", "working") }),
  fc.record({ is: fc.constant("gone"), reason: word }),
) as fc.Arbitrary<Worker["phase"]>;
const receipt = fc.record({
  id: fc.constantFrom("msg-1", "msg-2", "msg-3"),
  text: word,
  at: moment,
  by: fc.constantFrom("person", "manager"),
  state: fc.constantFrom("accepted", "typed", "submitted", "answered"),
  notes: fc.array(word, { maxLength: 2 }),
});
const opened = fc
  .record({ id: ids, name: word, phase, since: moment, lastActivity: moment, branch: maybe, unread: fc.boolean() })
  .map((known) => anyWorker(known));
const events = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant("team.managers"), managers: fc.nat(3) }),
    fc.record({ type: fc.constant("worker.opened"), worker: opened }),
    fc.record({ type: fc.constant("worker.judged"), id: ids, phase, why: fc.constant([]), at: moment }),
    fc.record({ type: fc.constant("worker.renamed"), id: ids, name: word }),
    fc.record({ type: fc.constant("worker.looked"), id: ids }),
    fc.record({ type: fc.constant("worker.dismissed"), id: ids }),
    fc.record({ type: fc.constant("receipt.moved"), id: ids, receipt }),
  ) as unknown as fc.Arbitrary<TeamEvent>,
  { maxLength: 40 },
);

describe("the team as the panel sees it", () => {
  test("is the same as in main, whenever the panel came", async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.nat(40), async (happened, cameAfter) => {
        const store = createStore();
        for (const event of happened.slice(0, cameAfter)) store.dispatch(event);
        const { state } = panel(store);
        for (const event of happened.slice(cameAfter)) store.dispatch(event);
        await turn();
        expect(state()).toEqual(store.state);
        expect([...state().workers.keys()]).toEqual([...store.state.workers.keys()]);
      }),
      { numRuns: 200 },
    );
  });

  test("does not change for frames of an unknown kind", async () => {
    const [mine, theirs] = memoryPipe();
    const seen: TeamEvent[] = [];
    connect(
      mine,
      (event) => seen.push(event),
      () => {},
    );
    theirs.post({ kind: "later" } as unknown as Frame);
    await turn();
    expect(seen).toEqual([]);
  });
});
