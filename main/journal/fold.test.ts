import { describe, expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { Fact } from "./fact.ts";
import { factsOf, fold } from "./fold.ts";

const id = (n: number) => `worker-${n}` as WorkerId;
const opened = (n: number): Fact => ({
  type: "worker.opened",
  id: id(n),
  name: `name ${n}`,
  cwd: "/project",
  conversation: "c-1",
  terminal: { host: "pty", ref: `pty-${n}` },
  model: null,
  permissionMode: "manual",
  at: 1,
});
const receipt = (n: number, state: Receipt["state"]): Receipt => ({
  id: `msg-${n}`,
  text: "hi",
  at: 2,
  by: "manager",
  state,
  notes: [],
});

describe("what the facts say together", () => {
  test("nothing at first", () => {
    expect(fold([])).toEqual({ workers: [], projects: [], nextWorker: 1, nextMessage: 1 });
  });

  test("a worker with its newest name, process and every transcript it wrote", () => {
    const { workers } = fold([
      opened(1),
      { type: "worker.linked", id: id(1), pid: 7, conversation: "c-1", transcript: null },
      { type: "worker.linked", id: id(1), pid: 7, conversation: "c-1", transcript: "/t/1.jsonl" },
      { type: "worker.renamed", id: id(1), name: "api" },
      { type: "worker.linked", id: id(1), pid: 7, conversation: "c-2", transcript: "/t/2.jsonl" },
    ]);
    expect(workers).toMatchObject([
      {
        id: "worker-1",
        name: "api",
        pid: 7,
        conversation: "c-2",
        transcripts: ["/t/1.jsonl", "/t/2.jsonl"],
        ended: null,
      },
    ]);
  });

  test("a transcript that it went back to is its newest again", () => {
    const linked = (n: number): Fact => ({
      ...{ type: "worker.linked", id: id(1), pid: 7, conversation: `c-${n}`, transcript: `/t/${n}.jsonl` },
    });
    const { workers } = fold([opened(1), linked(1), linked(2), linked(1)]);
    expect(workers[0]).toMatchObject({ conversation: "c-1", transcripts: ["/t/2.jsonl", "/t/1.jsonl"] });
  });

  test("closed stays closed, whatever is told later", () => {
    const { workers } = fold([
      opened(1),
      { type: "worker.closed", id: id(1), at: 5 },
      { type: "worker.gone", id: id(1), reason: "SIGTERM", at: 6 },
    ]);
    expect(workers[0]?.ended).toEqual({ reason: "closed", at: 5, closed: true });
  });

  test("the number of a dismissed worker and of a forgotten message is never given out again", () => {
    const facts: Fact[] = [
      opened(3),
      { type: "receipt.moved", id: id(3), receipt: receipt(9, "answered") },
      { type: "worker.dismissed", id: id(3) },
    ];
    expect(fold(facts)).toMatchObject({ workers: [], nextWorker: 4, nextMessage: 10 });
    expect(fold(factsOf(fold(facts)))).toEqual(fold(facts));
  });

  test("a message keeps its text while it may have to be typed, and its record for its answer", () => {
    const moved = (state: Receipt["state"], more = {}): Fact => ({
      type: "receipt.moved",
      id: id(1),
      receipt: receipt(1, state),
      ...more,
    });
    const accepted = moved("accepted", { text: "hi there", as: "text", whenBusy: "hold" });
    const prompt = { text: "hi there", at: 3 };
    expect(fold([opened(1), accepted, moved("typed")]).workers[0]?.letters).toEqual([
      { receipt: receipt(1, "typed"), text: "hi there", as: "text", whenBusy: "hold" },
    ]);
    const ended = fold([opened(1), accepted, moved("submitted", { prompt }), moved("answered")]);
    expect(ended.workers[0]?.letters).toEqual([
      { receipt: receipt(1, "answered"), as: "text", whenBusy: "hold", prompt },
    ]);
  });

  test("a message that was never typed keeps its text, to be sent again", () => {
    const moved = { type: "receipt.moved", id: id(1) } as const;
    const facts: Fact[] = [
      opened(1),
      { ...moved, receipt: receipt(1, "accepted"), text: "hi there", as: "text", whenBusy: "hold" },
      { ...moved, receipt: receipt(1, "undelivered") },
    ];
    expect(fold(facts).workers[0]?.letters).toMatchObject([{ text: "hi there" }]);
    expect(fold(factsOf(fold(facts)))).toEqual(fold(facts));
  });

  test("facts about a worker that is not there say nothing", () => {
    expect(fold([{ type: "worker.renamed", id: id(1), name: "api" }]).workers).toEqual([]);
  });

  test("what has ended is bounded, what lives is not", () => {
    const many = Array.from({ length: 500 }, (_, i) => i + 1);
    const ended = many.flatMap((n): Fact[] => [opened(n), { type: "worker.closed", id: id(n), at: n }]);
    const memory = fold([...ended, opened(501)]);
    expect(memory.workers).toHaveLength(201);
    expect(memory.workers[0]?.id).toBe("worker-301");
    const answered = many.map((n): Fact => ({ type: "receipt.moved", id: id(1), receipt: receipt(n, "answered") }));
    const waiting = many.map(
      (n): Fact => ({ type: "receipt.moved", id: id(1), receipt: receipt(n + 500, "accepted") }),
    );
    expect(fold([opened(1), ...waiting, ...answered]).workers[0]?.letters).toHaveLength(550);
  });
});
