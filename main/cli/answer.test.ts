import { describe, expect, test } from "vitest";
import type { Request } from "../../contract/request.ts";
import { atTheTerminal, somePermission, someWorker } from "./test-kit.ts";

const at = atTheTerminal();

describe("reply", () => {
  const reply = { worker: someWorker(), outcome: "answered", text: "All\nof it.", problem: null };

  test("prints the newest answer in full", async () => {
    await at.answers({ reply: () => reply });
    expect(await at.types("reply", "api")).toMatchObject({ code: 0, out: "All\nof it.\n" });
    expect(at.server.asked("reply")).toEqual({ worker: "api", wait: false });
  });

  test("fails while there is none, with what there is so far; --wait waits for it", async () => {
    await at.answers({ reply: () => ({ ...reply, outcome: "pending", text: "So far" }) });
    expect(await at.types("reply", "api", "--wait")).toMatchObject({ code: 1, out: "So far\n(worker-1: pending)\n" });
    expect(at.server.asked("reply")).toEqual({ worker: "api", wait: true });
  });
});

describe("answer", () => {
  test.each([
    [["deny", "--reason", "not now"], { answer: { decision: "deny", reason: "not now" } }],
    [["allow", "--request", "req-2"], { answer: { decision: "allow" }, request: "req-2" }],
    [["--choose", "Colour?=Blue"], { answer: { answers: { "Colour?": "Blue" } } }],
    [["--choose", "Top?=Ham", "--choose", "Top?=Egg"], { answer: { answers: { "Top?": ["Ham", "Egg"] } } }],
  ])("%j", async (argv, input) => {
    await at.answers({ answer: () => ({ worker: "worker-1", request: "req-1", outcome: "answered", via: "hook" }) });
    expect(await at.types("answer", "api", ...argv)).toMatchObject({ code: 0, out: "request req-1 answered\n" });
    expect(at.server.calls[0]?.input).toEqual({ worker: "api", ...input });
  });

  const question = (text: string, id = "req-1"): Request => ({
    ...{ id, at: 0, via: "hook", proposal: null, agent: null, kind: "question" },
    questions: [{ question: text, header: "", multiSelect: false, options: [] }],
  });
  const asking = (...requests: [Request, ...Request[]]) => ({
    status: () => ({ worker: someWorker({ phase: { is: "asking", requests } }), screen: [], screenError: null }),
    answer: () => ({ worker: "worker-1", request: "req-1", outcome: "answered", via: "hook" }),
  });

  test("the only question that is open needs no name", async () => {
    await at.answers(asking(somePermission, question("Colour?")));
    await at.types("answer", "api", "--choose", "Blue", "--choose", "Green");
    expect(at.server.asked("answer")).toEqual({ worker: "api", answer: { answers: { "Colour?": ["Blue", "Green"] } } });
  });

  test("of several the one of the named request is meant, else they are named", async () => {
    await at.answers(asking(question("Colour?"), question("Size?", "req-2")));
    await at.types("answer", "api", "--choose", "L", "--request", "req-2");
    expect(at.server.asked("answer")).toMatchObject({ answer: { answers: { "Size?": "L" } } });
    const { code, err } = await at.types("answer", "api", "--choose", "L");
    expect([code, err]).toEqual([1, expect.stringMatching(/^ANSWER_INVALID: .*QUESTION=ANSWER: "Colour\?", "Size\?"/)]);
  });

  test("no question can be answered where none is open", async () => {
    await at.answers(asking(somePermission));
    expect((await at.types("answer", "api", "--choose", "L")).err).toMatch(/^REQUEST_GONE: api asks no question now/);
  });

  test.each([["api"], ["api", "maybe"], ["api", "--choose", "=Blue"], ["api", "--choose", ""]])(
    "%j is refused before anything is asked",
    async (...argv) => {
      expect((await at.types("answer", ...argv)).code).toBe(2);
    },
  );
});
