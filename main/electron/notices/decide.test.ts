import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Problem, Worker } from "../../../contract/worker.ts";
import { asking, someRequest, someWorker } from "../../../e2e/fake/electron/workers.ts";
import { type Decision, decide, type Memory, remember, type Situation } from "./decide.ts";
import { matters } from "./matters.ts";

const nothing: Memory = { dealt: new Set(), last: new Map() };
const wanted = { asking: true, finished: true, failed: true };

const list = (...workers: Worker[]) => matters({ workers: new Map(workers.map((worker) => [worker.id, worker])) });
const at = (now: number, given: Partial<Situation> = {}): Situation => ({
  now,
  looking: false,
  wanted,
  pausedUntil: 0,
  ...given,
});
const keys = ({ tell }: Decision) => tell.map(({ key }) => key);

const ask = (id: string, since = 0) => someWorker(1, { phase: asking(someRequest(id, { at: since })) });
const done = (since = 0) => someWorker(1, { unread: true, since });
const trouble = (is: Problem["is"], since = 0) => someWorker(1, { problem: { is, text: "", at: since }, unread: true });
const gone = (reason: string) => someWorker(1, { phase: { is: "gone", reason } });

describe("what may be told", () => {
  test("is each request, a turn that ended unseen, a trouble, and an end that nobody wanted", () => {
    expect(list(ask("r1")).map(({ key, kind }) => [key, kind])).toEqual([["worker-1 r1", "asking"]]);
    expect(list(done(5)).map(({ kind }) => kind)).toEqual(["finished"]);
    expect(list(trouble("api_error")).map(({ kind }) => kind)).toEqual(["failed"]);
    expect(list(gone("ended by SIGKILL")).map(({ kind }) => kind)).toEqual(["failed"]);
  });

  test.each([
    ["a worker at rest", someWorker(1)],
    ["one that works", someWorker(1, { phase: { is: "working" }, unread: true })],
    ["one that a person closed", gone("closed by the person")],
    ["one that a person left with exit", gone("exited with 0")],
    ["one that tries again by itself", someWorker(1, { problem: { is: "retrying", text: "", at: 0 } })],
    ["one that a person interrupted", someWorker(1, { problem: { is: "interrupted", text: "", at: 0 } })],
  ])("is nothing of %s", (_, worker) => {
    expect(list(worker)).toEqual([]);
  });

  test("is a request once more when a manager's answer waits for a click", () => {
    const proposal = { answer: { decision: "allow" as const }, at: 9 };
    const proposed = someWorker(1, { phase: asking(someRequest("r1", { proposal })) });
    expect(list(proposed)).toMatchObject([{ key: "worker-1 r1 proposed", since: 9 }]);
  });
});

describe("deciding", () => {
  test("waits a moment: what is answered at once is nobody's business", () => {
    const early = decide(nothing, list(ask("r1")), at(1999));
    expect([keys(early), early.again]).toEqual([[], 2000]);
    expect(keys(decide(early.memory, list(ask("r1")), at(2000)))).toEqual(["worker-1 r1"]);
    expect(decide(early.memory, list(someWorker(1)), at(2000))).toMatchObject({ tell: [], again: null });
  });

  test("tells once, however often it is asked", () => {
    const first = decide(nothing, list(ask("r1")), at(5000));
    expect(decide(first.memory, list(ask("r1")), at(6000))).toMatchObject({ tell: [], again: null });
  });

  test("tells of several workers at once, and of one worker's second request a little later", () => {
    const two = someWorker(1, { phase: asking(someRequest("r1"), someRequest("r2")) });
    const all = list(two, someWorker(2, { unread: true, since: 0 }));
    const first = decide(nothing, all, at(5000));
    expect([keys(first), first.again]).toEqual([["worker-1 r1", "worker-2 finished 0"], 15_000]);
    expect(keys(decide(first.memory, all, at(15_000)))).toEqual(["worker-1 r2"]);
  });

  test("lets a worker that finishes again and again rest for a minute, and then tells of the newest", () => {
    const first = decide(nothing, list(done(0)), at(3000));
    const second = decide(first.memory, list(done(10_000)), at(20_000));
    expect([keys(second), second.again]).toEqual([[], 63_000]);
    expect(keys(decide(second.memory, list(done(30_000)), at(63_000)))).toEqual(["worker-1 finished 30000"]);
  });

  test("holds a second question back for seconds only", () => {
    const first = decide(nothing, list(ask("r1")), at(2000));
    expect(decide(first.memory, list(ask("r2", 3000)), at(6000))).toMatchObject({ tell: [], again: 12_000 });
  });

  test("says nothing to somebody who looks, then or later", () => {
    const seen = decide(nothing, list(ask("r1"), done()), at(5000, { looking: true }));
    expect([keys(seen), seen.again]).toEqual([[], null]);
    expect(keys(decide(seen.memory, list(ask("r1"), done()), at(9000)))).toEqual([]);
  });

  test("says nothing of a kind that is not wanted, and does not make up for it later", () => {
    const off = decide(nothing, list(done()), at(5000, { wanted: { ...wanted, finished: false } }));
    expect([keys(off), off.again]).toEqual([[], null]);
    expect(keys(decide(off.memory, list(done()), at(9000)))).toEqual([]);
  });

  test("says nothing during a pause, and after it what is still so", () => {
    const paused = decide(nothing, list(ask("r1")), at(5000, { pausedUntil: 60_000 }));
    expect([keys(paused), paused.again]).toEqual([[], 60_000]);
    expect(keys(decide(paused.memory, list(ask("r1")), at(60_000, { pausedUntil: 60_000 })))).toHaveLength(1);
  });

  test("takes at the start only questions for news", () => {
    const memory = remember(list(done()));
    expect(keys(decide(memory, list(done()), at(5000)))).toEqual([]);
    expect(keys(decide(remember(list(ask("r1"))), list(ask("r1")), at(5000)))).toHaveLength(1);
  });

  test("asked whenever it wants to be, tells everything that lasts, each once, and nothing sooner than its dwell", () => {
    const worlds = fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 4 }),
        since: fc.integer({ min: 0, max: 200_000 }),
        asks: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(worlds, (given) => {
        const workers = given.map(({ number, since, asks }, index) =>
          asks
            ? someWorker(number * 10 + index, { phase: asking(someRequest(`r${index}`, { at: since })) })
            : someWorker(number * 10 + index, { unread: true, since }),
        );
        const told: string[] = [];
        let [memory, now]: [Memory, number | null] = [nothing, 0];
        while (now !== null) {
          const decision: Decision = decide(memory, list(...workers), at(now));
          for (const matter of decision.tell) expect(now - matter.since).toBeGreaterThanOrEqual(2000);
          told.push(...keys(decision));
          expect(decision.again === null || decision.again > now).toBe(true);
          [memory, now] = [decision.memory, decision.again];
        }
        expect(told.sort()).toEqual(
          list(...workers)
            .map(({ key }) => key)
            .sort(),
        );
      }),
    );
  });
});
