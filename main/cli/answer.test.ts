import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Request } from "../../contract/request.ts";
import { type FakeServer, fakeServer, type Person, person, someWorker } from "./test-kit.ts";

let me: Person;
let server: FakeServer | undefined;
beforeEach(async () => {
  me = await person();
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
  await me[Symbol.asyncDispose]();
});

const answer = async (answers: Parameters<typeof fakeServer>[1]) => {
  server = await fakeServer(me.dir, answers);
  return server;
};

const permission: Request = {
  ...{ id: "req-1", at: 0, via: "hook", proposal: null, agent: null },
  ...{ kind: "permission", tool: "Bash", title: "Removes the build", detail: "rm -rf dist\nls" },
};

describe("reply", () => {
  const reply = { worker: someWorker(), outcome: "answered", text: "All\nof it.", problem: null };

  test("prints the newest answer in full", async () => {
    await answer({ reply: () => reply });
    expect(await me.types("reply", "api")).toMatchObject({ code: 0, out: "All\nof it.\n" });
    expect(server?.asked("reply")).toEqual({ worker: "api", wait: false });
  });

  test("fails while there is none, with what there is so far; --wait waits for it", async () => {
    await answer({ reply: () => ({ ...reply, outcome: "pending", text: "So far" }) });
    expect(await me.types("reply", "api", "--wait")).toMatchObject({ code: 1, out: "So far\n(worker-1: pending)\n" });
    expect(server?.asked("reply")).toEqual({ worker: "api", wait: true });
  });
});

describe("answer", () => {
  test.each([
    [["deny", "--reason", "not now"], { answer: { decision: "deny", reason: "not now" } }],
    [["allow", "--request", "req-2"], { answer: { decision: "allow" }, request: "req-2" }],
    [["--choose", "Colour?=Blue"], { answer: { answers: { "Colour?": "Blue" } } }],
    [["--choose", "Top?=Ham", "--choose", "Top?=Egg"], { answer: { answers: { "Top?": ["Ham", "Egg"] } } }],
  ])("%j", async (argv, input) => {
    await answer({ answer: () => ({ request: "req-1", outcome: "answered", via: "hook" }) });
    expect(await me.types("answer", "api", ...argv)).toMatchObject({ code: 0, out: "request req-1 answered\n" });
    expect(server?.calls[0]?.input).toEqual({ worker: "api", ...input });
  });

  const question = (text: string, id = "req-1"): Request => ({
    ...{ id, at: 0, via: "hook", proposal: null, agent: null, kind: "question" },
    questions: [{ question: text, header: "", multiSelect: false, options: [] }],
  });
  const asking = (...requests: [Request, ...Request[]]) => ({
    status: () => ({ worker: someWorker({ phase: { is: "asking", requests } }), screen: [], screenError: null }),
    answer: () => ({ request: "req-1", outcome: "answered", via: "hook" }),
  });

  test("the only question that is open needs no name", async () => {
    await answer(asking(permission, question("Colour?")));
    await me.types("answer", "api", "--choose", "Blue", "--choose", "Green");
    expect(server?.asked("answer")).toEqual({ worker: "api", answer: { answers: { "Colour?": ["Blue", "Green"] } } });
  });

  test("of several the one of the named request is meant, else they are named", async () => {
    await answer(asking(question("Colour?"), question("Size?", "req-2")));
    await me.types("answer", "api", "--choose", "L", "--request", "req-2");
    expect(server?.asked("answer")).toMatchObject({ answer: { answers: { "Size?": "L" } } });
    const { code, err } = await me.types("answer", "api", "--choose", "L");
    expect([code, err]).toEqual([1, expect.stringMatching(/^ANSWER_INVALID: .*QUESTION=ANSWER: "Colour\?", "Size\?"/)]);
  });

  test("no question can be answered where none is open", async () => {
    await answer(asking(permission));
    expect((await me.types("answer", "api", "--choose", "L")).err).toMatch(/^REQUEST_GONE: api asks no question now/);
  });

  test.each([["api"], ["api", "maybe"], ["api", "--choose", "=Blue"], ["api", "--choose", ""]])(
    "%j is refused before anything is asked",
    async (...argv) => {
      expect((await me.types("answer", ...argv)).code).toBe(2);
    },
  );
});
