import { describe, expect, test } from "vitest";
import { anyWorker } from "../../contract/any-worker.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import type { Phase, Worker } from "../../contract/worker.ts";
import { cut, doing, requestOf, sessionOf } from "./session.ts";

const at = Date.UTC(2026, 10, 22, 9, 30);

const worker = (patch: Partial<Worker> = {}): Worker =>
  anyWorker({
    ...{ since: at, openedAt: at, lastActivity: at, messageCount: 3, unread: true },
    ...{ conversation: "c-1", transcript: "/t.jsonl", pid: 7, model: "sonnet", permissionMode: "plan", branch: "main" },
    lastReply: { messageId: "m-1", text: "x".repeat(600), at },
    ...patch,
  });

const permission: Request = {
  id: "req-1",
  kind: "permission",
  at,
  via: "hook",
  proposal: null,
  tool: "Bash",
  title: "Lists files",
  detail: "ls",
  agent: null,
};

describe("a worker as a session", () => {
  test("has the ancestors' words, and times with Z", () => {
    expect(sessionOf(worker({ lastReply: null }))).toEqual({
      session_id: "worker-1",
      name: "ana",
      project_path: "/project",
      claude_session_id: "c-1",
      status: "idle",
      is_processing: false,
      created_at: "2026-11-22T09:30:00.000Z",
      last_activity: "2026-11-22T09:30:00.000Z",
      message_count: 3,
      last_response_preview: null,
      activity: null,
      problem: null,
      requests: [],
      model: "sonnet",
      permission_mode: "plan",
      branch: "main",
      terminal: { host: "pty", ref: "pty-1" },
    });
  });

  test.each<[Phase, string, boolean]>([
    [{ is: "starting" }, "starting", false],
    [{ is: "idle" }, "idle", false],
    [{ is: "working" }, "processing", true],
    [{ is: "asking", requests: [permission] }, "waiting_for_input", false],
    [{ is: "gone", reason: "closed" }, "closed", false],
  ])("%o is %s", (phase, status, is_processing) => {
    expect(sessionOf(worker({ phase }))).toMatchObject({ status, is_processing });
  });

  test.each<[Receipt["state"], boolean]>([
    ["accepted", true],
    ["typed", true],
    ["submitted", true],
    ["answered", false],
    ["unconfirmed", false],
  ])("is idle and, while a message to it is %s, processing: %s", (state, is_processing) => {
    const receipts: Receipt[] = [{ id: "msg-1", text: "hi", at, by: "manager", state, notes: [] }];
    expect(sessionOf(worker({ receipts }))).toMatchObject({ status: "idle", is_processing });
    expect(sessionOf(worker({ receipts, phase: { is: "gone", reason: "closed" } })).is_processing).toBe(false);
  });

  test("shows more of its last answer alone than in a list", () => {
    expect(sessionOf(worker()).last_response_preview).toBe(`${"x".repeat(500)}...`);
    expect(sessionOf(worker(), "listed").last_response_preview).toBe(`${"x".repeat(120)}...`);
  });

  test("tells its problem in one text", () => {
    const problem = { is: "rate_limited", text: "resets at 10", at } as const;
    expect(sessionOf(worker({ problem })).problem).toBe("rate_limited: resets at 10");
  });
});

describe("a request", () => {
  test("of each kind says what is asked, and whether it can be answered from here", () => {
    expect(requestOf(permission)).toMatchObject({
      request_id: "req-1",
      kind: "permission",
      detail: "ls",
      answerable: true,
    });
    const question: Request = {
      ...{ id: "req-2", kind: "question", at, via: "terminal", agent: null },
      proposal: { answer: { decision: "deny" }, at },
      questions: [
        { question: "Colour?", header: "Colour", multiSelect: true, options: [{ label: "Red", description: "" }] },
      ],
    };
    expect(requestOf(question)).toEqual({
      request_id: "req-2",
      kind: "question",
      questions: [
        { question: "Colour?", header: "Colour", multi_select: true, options: [{ label: "Red", description: "" }] },
      ],
      answerable: false,
      proposed: true,
      asked_at: "2026-11-22T09:30:00.000Z",
    });
    const dialog: Request = {
      id: "req-3",
      kind: "dialog",
      at,
      via: "key",
      proposal: null,
      dialog: "trust",
      detail: "Trust?",
    };
    expect(requestOf(dialog)).toMatchObject({ kind: "dialog", dialog: "trust", detail: "Trust?", answerable: true });
  });
});

describe("what a worker does, on one line", () => {
  test.each<[Partial<Worker>, string]>([
    [{}, "worker-1 (ana) is idle"],
    [{ name: "worker-1" }, "worker-1 is idle"],
    [
      { receipts: [{ id: "msg-1", text: "hi", at, by: "manager", state: "accepted", notes: [] }] },
      "worker-1 (ana) is idle: a message is on its way to it",
    ],
    [{ phase: { is: "working" }, activity: "npm test" }, "worker-1 (ana) is processing: npm test"],
    [
      { phase: { is: "working" }, problem: { is: "retrying", text: "try 3", at } },
      "worker-1 (ana) is processing: try 3",
    ],
    [
      { phase: { is: "asking", requests: [permission] } },
      "worker-1 (ana) is waiting_for_input: permission for Bash, Lists files",
    ],
  ])("%o", (patch, line) => expect(doing(worker(patch))).toBe(line));
});

test("a text is cut only when it is longer", () => {
  expect(cut("abc", 3)).toBe("abc");
  expect(cut("abcd", 3)).toBe("abc...");
  expect(cut("ab🦊d", 3)).toBe("ab...");
});
