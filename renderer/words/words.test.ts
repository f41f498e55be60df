import { describe, expect, test } from "vitest";
import { advice, type ErrorCode, TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import type { Phase, Worker } from "../../contract/worker.ts";
import { age, ago } from "./age.ts";
import { factOf, nextStep } from "./next-step.ts";
import { receiptWord, shownReceipts } from "./receipts.ts";
import { sections } from "./sections.ts";
import { firstLine, requestLine, sentence, unmarked } from "./sentence.ts";

const idle: Phase = { is: "idle" };
const worker = (patch: Partial<Worker>) =>
  ({ id: "worker-1", phase: idle, unread: false, problem: null, activity: null, lastReply: null, ...patch }) as Worker;
const permission: Request = {
  id: "r1",
  at: 0,
  via: "hook",
  proposal: null,
  kind: "permission",
  tool: "Bash",
  title: "Run the tests",
  detail: "npm test\nnpm run lint",
  agent: null,
};
const asking = (...requests: Request[]): Phase => ({ is: "asking", requests });

describe("sections", () => {
  test("stand in their fixed order, keep the team's order inside, and leave out what is empty", () => {
    const team = [
      worker({ name: "a", phase: { is: "gone", reason: "closed" } }),
      worker({ name: "b" }),
      worker({ name: "c", phase: { is: "working" } }),
      worker({ name: "d", unread: true }),
      worker({ name: "e", phase: asking(permission) }),
      worker({ name: "f", phase: { is: "starting" } }),
    ];
    expect(sections(team).map(({ name, workers }) => [name, ...workers.map((w) => w.name)])).toEqual([
      ["Needs you", "e"],
      ["Working", "c", "f"],
      ["Unread", "d"],
      ["Idle", "b"],
      ["Ended", "a"],
    ]);
    expect(sections([worker({})]).map(({ name }) => name)).toEqual(["Idle"]);
  });

  test("leave a worker that was opened unread where it was, so that no row moves under the pointer", () => {
    const opened = worker({});
    expect(sections([opened], opened.id)[0]?.name).toBe("Unread");
    expect(sections([worker({ phase: { is: "working" } })], opened.id)[0]?.name).toBe("Working");
  });

  test("count an ended worker as ended, although nobody has read its answer", () => {
    expect(sections([worker({ phase: { is: "gone", reason: "" }, unread: true })])[0]?.name).toBe("Ended");
  });
});

describe("an age", () => {
  test.each([
    [-5000, "now"],
    [59_999, "now"],
    [60_000, "1 min"],
    [59 * 60_000, "59 min"],
    [60 * 60_000, "1 h"],
    [47 * 3_600_000, "1 d"],
  ])("of %i ms is %s", (ms, words) => {
    expect(age(1_000_000_000, 1_000_000_000 + ms)).toBe(words);
  });

  test("reads well in a sentence", () => {
    expect([ago(0, 1000), ago(0, 120_000)]).toEqual(["just now", "2 min ago"]);
  });
});

describe("the sentence that matters", () => {
  const problem = { is: "api_error", text: "API error 529", at: 0 } as const;
  const lastReply = { messageId: "m", text: "\n## Done\nAll tests pass.", at: 0 };
  test.each<[string, Partial<Worker>, string]>([
    ["what it asks", { phase: asking(permission), lastReply }, "Wants to use Bash: npm test"],
    ["its plan", { phase: asking({ ...permission, tool: "ExitPlanMode" }) }, "Has a plan: npm test"],
    ["that it asks more", { phase: asking(permission, permission) }, "Wants to use Bash: npm test (and 1 more)"],
    ["what it does", { phase: { is: "working" }, activity: "npm test", lastReply }, "npm test"],
    ["that it thinks", { phase: { is: "working" }, lastReply }, "Thinking"],
    ["what is wrong", { phase: { is: "working" }, activity: "npm test", problem }, "API error 529"],
    ["how it went wrong", { problem, lastReply }, "API error 529"],
    ["what it said last", { lastReply }, "All tests pass."],
    ["its heading alone", { lastReply: { ...lastReply, text: "# Done\n```\n" } }, "Done"],
    ["without marks", { lastReply: { ...lastReply, text: "- **412** pass: `npm test`" } }, "412 pass: npm test"],
    ["that nothing was said", {}, "Ready for a first message"],
    ["how it ended", { phase: { is: "gone", reason: "closed by the person" }, lastReply }, "Ended: closed by you"],
    ["by what it ended", { phase: { is: "gone", reason: "ended by SIGTERM" } }, "Ended by SIGTERM"],
  ])("is %s", (_, patch, words) => {
    expect(sentence(worker(patch))).toBe(words);
  });

  test("of a permission without detail is its title, of a question its first question", () => {
    expect(requestLine({ ...permission, detail: " " })).toBe("Wants to use Bash: Run the tests");
    const questions = [{ question: "Which colour?", header: "Colour", multiSelect: false, options: [] }];
    expect(requestLine({ ...permission, kind: "question", questions } as Request)).toBe("Which colour?");
  });

  test.each([
    ["- item", "item"],
    ["1. first", "first"],
    ["> quoted", "quoted"],
    ["#hashtag", "#hashtag"],
    ["-5 degrees", "-5 degrees"],
    ["", ""],
  ])("drops marks of lists, headings and quotes only: %j", (text, words) => {
    expect(firstLine(text)).toBe(words);
  });

  test("of a whole answer are its words without the marks of Markdown", () => {
    expect(unmarked("## Found\n\n**One** test fails: `a_b`.\n```ts\nround(x)\n```")).toBe(
      "Found\n\nOne test fails: a_b.\n\nround(x)",
    );
  });
});

describe("receipts", () => {
  const receipt = (id: number, state: Receipt["state"]) => ({ id: `msg-${id}`, state }) as Receipt;

  test("are shown while something is open, and the newest two that are done", () => {
    const all = [
      receipt(1, "unconfirmed"),
      receipt(2, "answered"),
      receipt(3, "answered"),
      receipt(4, "withdrawn"),
      receipt(5, "submitted"),
      receipt(6, "accepted"),
    ];
    expect(shownReceipts(all).map((r) => r.id)).toEqual(["msg-1", "msg-3", "msg-4", "msg-5", "msg-6"]);
  });

  test("of a message that was sent again show the repeat, unless that came to nothing", () => {
    const first = receipt(1, "unconfirmed");
    const shown = (state: Receipt["state"]) => shownReceipts([first, { ...receipt(2, state), repeats: "msg-1" }]);
    for (const state of ["accepted", "typed", "unconfirmed", "answered"] as const)
      expect(shown(state).map((r) => r.id)).toEqual(["msg-2"]);
    for (const state of ["withdrawn", "undelivered"] as const) expect(shown(state)).toHaveLength(2);
  });

  test("say what a held message waits for", () => {
    expect(receiptWord(receipt(1, "accepted"), { is: "working" })).toBe("Waiting its turn");
    expect(receiptWord(receipt(1, "accepted"), asking(permission))).toBe("Waiting until the request is answered");
  });

  test("do not call answered what only broke off", () => {
    expect(receiptWord(receipt(1, "answered"), idle)).toBe("Answered");
    expect(receiptWord({ ...receipt(1, "answered"), brokenOff: true }, idle)).toBe("Broken off");
  });
});

describe("the next step", () => {
  test("never speaks to an agent", () => {
    const steps = (Object.keys(advice) as ErrorCode[]).map((code) => nextStep(new TeamError(code, "x")));
    const toAgents = /_session|as:|when_busy|request_id|call again|(a|the) person/i;
    expect(steps.filter((step) => toAgents.test(step))).toEqual([]);
  });

  test("comes after the fact, which a person can read", () => {
    const zods = "✖ Too big: expected number to be <=200\n  → at maxWorkers";
    expect(factOf(new TeamError("INPUT_INVALID", zods))).toBe("Too big: expected number to be <=200.");
    expect(factOf(new TeamError("NAME_TAKEN", "the name a is in use!"))).toBe("the name a is in use!");
  });

  test("is the general one where that fits", () => {
    const failure = new TeamError("DIRECTORY_MISSING", "x");
    expect(nextStep(failure)).toBe(failure.advice);
  });
});
