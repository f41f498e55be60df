import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../contract/observation.ts";
import type { Answer } from "../../contract/request.ts";
import { createHooks } from "./hooks.ts";

type Told<E extends string> = Extract<Observation, { signal: "hook"; event: E }>;

const recordings = new URL("../../e2e/data/hooks/payloads.jsonl", import.meta.url);
const recorded = readFileSync(recordings, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { body: Record<string, unknown>; reply: unknown });
const bodyOf = (event: string, tool?: string) =>
  recorded.find(({ body }) => body.hook_event_name === event && (!tool || body.tool_name === tool))!.body;

const never = () => new AbortController().signal;

function door() {
  let count = 0;
  const told: Observation[] = [];
  const tokenOf = (worker: string) => (worker === "worker-1" ? "right" : undefined);
  const hooks = createHooks({ tokenOf, now: () => 7, randomToken: () => `${++count}` });
  const watch = hooks.listen("worker-1", (observation) => void told.push(observation));
  const receive = (body: unknown, signal = never()) => hooks.door.receive("worker-1", body, signal);
  /** Lets a PermissionRequest come in and hands out what was told of it, with the reply that is still open. */
  function asked(body: unknown, signal = never()) {
    const reply = receive(body, signal);
    return { reply, ask: (told.at(-1) as Told<"PermissionRequest">).ask };
  }
  const asks = (tool_name: string, tool_input: unknown, more = {}) =>
    asked({ hook_event_name: "PermissionRequest", session_id: "s", tool_name, tool_input, ...more });
  return { ...hooks, watch, told, receive, asked, asks };
}
const decision = (reply: string) => JSON.parse(reply).hookSpecificOutput.decision;

describe("a hook call that tells something", () => {
  test("is taken without a word to Claude, whatever Claude Code posts", async () => {
    for (const { body } of recorded) {
      const { receive, watch, told } = door();
      const reply = receive(body);
      if (body.hook_event_name === "PermissionRequest")
        watch.release((told[0] as Told<"PermissionRequest">).ask.request);
      expect(await reply).toBe("");
    }
    expect(recorded.length).toBeGreaterThan(50);
  });

  test("tells a prompt with its text and id, and where the transcript stands", async () => {
    const { receive, told } = door();
    await receive(bodyOf("UserPromptSubmit"));
    expect(told).toEqual([
      {
        signal: "hook",
        at: 7,
        conversation: "11111111-1111-4111-8111-111111111111",
        transcript: expect.stringMatching(/11111111\.jsonl$/),
        event: "UserPromptSubmit",
        text: "first [[text:Hello one]]",
        prompt: "4ed01d0e-075a-4bb3-8c35-d7fa4bd35f2c",
      },
    ]);
  });

  test("tells the end of a turn with its last text and what still runs in the background", async () => {
    const { receive, told } = door();
    const tasks = [{ status: "running" }, { status: "completed" }, { status: "running" }];
    await receive({ ...bodyOf("Stop"), background_tasks: tasks });
    await receive({ ...bodyOf("Stop"), last_assistant_message: null, background_tasks: undefined });
    expect(told).toMatchObject([
      { event: "Stop", lastText: "Hello one", background: 2 },
      { event: "Stop", lastText: null, background: 0 },
    ]);
  });

  test.each([
    ["authentication_failed", "signed_out"],
    ["rate_limit", "rate_limited"],
    ["server_error", "api_error"],
    ["unknown", "api_error"],
  ])("tells a failure of the API: %s as %s", async (error, is) => {
    const { receive, told } = door();
    await receive({ ...bodyOf("StopFailure"), error });
    const text = "API Error: 400 mock 400 invalid_request_error";
    expect(told).toMatchObject([{ event: "StopFailure", problem: { is, text, at: 7 } }]);
  });

  test("tells the end of a subagent, but not of Claude's internal ones", async () => {
    const { receive, told } = door();
    const body = { ...bodyOf("SubagentStop"), agent_id: "a1" };
    await receive({ ...body, agent_type: "" });
    await receive({ ...body, agent_type: "general-purpose" });
    expect(told).toMatchObject([{ event: "SubagentStop", agent: "a1" }]);
  });

  test.each([null, [], "x", {}, { hook_event_name: "Stop" }, { hook_event_name: 3, session_id: "s" }])(
    "that is none (%j) is taken in silence",
    async (body) => {
      const { receive, told } = door();
      expect([await receive(body), told]).toEqual(["", []]);
    },
  );

  test("tells nothing of a worker that nobody watches", async () => {
    const hooks = door();
    expect(await hooks.door.receive("worker-2", bodyOf("PermissionRequest"), never())).toBe("");
    hooks.watch[Symbol.dispose]();
    expect(await hooks.receive(bodyOf("PermissionRequest"))).toBe("");
    expect(hooks.told).toEqual([]);
  });
});

describe("a permission", () => {
  test("is told with the exact command, and allowed", async () => {
    const { asked, watch, told } = door();
    const { reply, ask } = asked(bodyOf("PermissionRequest", "Bash"));
    expect(ask).toMatchObject({
      tool: "Bash",
      agent: null,
      kind: "permission",
      title: "mock bash step",
      detail: "touch /home/dev/x1 && echo made",
    });
    expect(watch.answer(ask.request, { decision: "allow" })).toBe(true);
    expect(decision(await reply)).toEqual({ behavior: "allow" });
    expect(told).toHaveLength(1);
  });

  test("is denied with the reason, which Claude is told", async () => {
    const { asks, watch } = door();
    const { reply, ask } = asks("Bash", { command: "rm -rf /" });
    watch.answer(ask.request, { decision: "deny", reason: "not that" });
    expect(decision(await reply)).toEqual({ behavior: "deny", message: "not that" });
  });

  test("can be one of several open ones, answered in any order, each once", async () => {
    const { asks, watch } = door();
    const [first, second] = [asks("Read", { file_path: "/a" }), asks("Read", { file_path: "/b" }, { agent_id: "a1" })];
    expect(second.ask.agent).toBe("a1");
    expect(watch.answer(second.ask.request, { decision: "deny" })).toBe(true);
    expect(watch.answer(second.ask.request, { decision: "allow" })).toBe(false);
    expect(watch.answer("req-other", { decision: "allow" })).toBe(false);
    watch.answer(first.ask.request, { decision: "allow" });
    expect(decision(await second.reply).behavior).toBe("deny");
    expect(decision(await first.reply).behavior).toBe("allow");
  });

  test("that the caller gave up is told as ended, and takes no answer", async () => {
    const { asked, watch, told } = door();
    const caller = new AbortController();
    const { reply, ask } = asked(bodyOf("PermissionRequest"), caller.signal);
    caller.abort();
    expect(await reply).toBe("");
    expect(told.at(-1)).toMatchObject({ event: "PermissionRequest.ended", request: ask.request });
    expect(watch.answer(ask.request, { decision: "allow" })).toBe(false);
  });

  test("that was settled elsewhere is released without a word", async () => {
    const { asked, watch, told } = door();
    const caller = new AbortController();
    const { reply, ask } = asked(bodyOf("PermissionRequest"), caller.signal);
    watch.release(ask.request);
    watch.release(ask.request);
    expect(await reply).toBe("");
    caller.abort();
    expect(told).toHaveLength(1);
  });

  test("is released when nobody watches the worker any more", async () => {
    const { asked, watch } = door();
    const { reply } = asked(bodyOf("PermissionRequest"));
    watch[Symbol.dispose]();
    expect(await reply).toBe("");
  });

  test("to carry out a plan hands the plan back, without which Claude ignores it", async () => {
    const { asks, watch } = door();
    const input = { plan: "# Plan\n- one", planFilePath: "/p.md" };
    const { reply, ask } = asks("ExitPlanMode", input);
    expect(ask).toMatchObject({ kind: "permission", detail: "# Plan\n- one" });
    watch.answer(ask.request, { decision: "allow" });
    expect(decision(await reply)).toEqual({ behavior: "allow", updatedInput: input });
  });

  test.each([{}, { decision: "allow", answers: { a: "b" } }, { answers: { a: "b" } }] as Answer[])(
    "takes no %j, and stays open",
    async (answer) => {
      const { asks, watch } = door();
      const { ask } = asks("Bash", { command: "ls" });
      expect(() => watch.answer(ask.request, answer)).toThrow(expect.objectContaining({ code: "ANSWER_INVALID" }));
      expect(watch.answer(ask.request, { decision: "allow" })).toBe(true);
    },
  );

  test.each<[string, unknown, string, string]>([
    ["Write", { file_path: "/a/b.txt", content: "one\ntwo" }, "Write /a/b.txt", "/a/b.txt\n+ one\n+ two"],
    ["Edit", { file_path: "/a", old_string: "x\ny", new_string: "" }, "Edit /a", "/a\n- x\n- y"],
    [
      "Edit",
      { file_path: "/a", old_string: "x", new_string: "y", replace_all: true },
      "Edit /a, wherever it stands",
      "/a\n- x\n+ y",
    ],
    [
      "Bash",
      { command: "ls", run_in_background: true, dangerouslyDisableSandbox: true },
      "Run a command · in the background · outside the sandbox",
      "ls",
    ],
    ["ExitPlanMode", {}, "Leave plan mode", "Claude wants to leave plan mode."],
    ["mcp__team__send_message", { to: "b" }, "Use send_message of team", '{\n  "to": "b"\n}'],
    ["Bash", { command: 7 }, "Use Bash", '{\n  "command": 7\n}'],
    ["Bash", { command: "echo a\u202eb\u001b[2K", description: "a\n  b" }, "a b", "echo a\\u{202e}b\\u{1b}[2K"],
    ["Odd", undefined, "Use Odd", "null"],
  ])("of %s shows %j as it is", (tool, input, title, detail) => {
    expect(door().asks(tool, input).ask).toMatchObject({ tool, kind: "permission", title, detail });
  });
});

describe("a question", () => {
  const colour = { question: "Colour?", header: "C", multiSelect: false, options: options("Red", "Blue") };
  const toppings = {
    question: "Toppings?",
    header: "T",
    multiSelect: true,
    options: options("Ham", "Egg", "Nut, mixed"),
  };
  function options(...labels: string[]) {
    return labels.map((label) => ({ label, description: `${label} d` }));
  }
  const input = { questions: [colour, toppings], metadata: 1 };

  test("is answered as the recorded one was", async () => {
    const { body, reply: sent } = recorded.find(
      (r) => r.body.tool_name === "AskUserQuestion" && JSON.stringify(r.reply).includes("updatedInput"),
    )!;
    const { asked, watch } = door();
    const { reply, ask } = asked(body);
    expect(ask).toMatchObject({ kind: "question", questions: [{ question: "Which colour do you want?" }] });
    watch.answer(ask.request, { answers: { "Which colour do you want?": "Blue" } });
    expect(JSON.parse(await reply)).toEqual(sent);
  });

  test.each<[string, NonNullable<Answer["answers"]>, Record<string, string>]>([
    ["an option", { "Colour?": "Blue" }, { "Colour?": "Blue" }],
    ["one option as a list", { "Colour?": ["Blue"] }, { "Colour?": "Blue" }],
    ["several options", { "Toppings?": ["Ham", "Nut, mixed"] }, { "Toppings?": 'Ham, "Nut, mixed"' }],
    ["an option and words", { "Toppings?": ["Ham", "olives, please"] }, { "Toppings?": "Ham, olives, please" }],
    ["free text", { "Colour?": 'neither:\n"x"' }, { "Colour?": 'neither:\n"x"' }],
    ["both", { "Colour?": "Red", "Toppings?": ["Egg"] }, { "Colour?": "Red", "Toppings?": "Egg" }],
  ])("is answered with %s", async (_, given, answers) => {
    const { asks, watch } = door();
    const { reply, ask } = asks("AskUserQuestion", input);
    watch.answer(ask.request, { answers: given });
    expect(decision(await reply)).toEqual({ behavior: "allow", updatedInput: { ...input, answers } });
  });

  test("is refused like a permission", async () => {
    const { asks, watch } = door();
    const { reply, ask } = asks("AskUserQuestion", input);
    watch.answer(ask.request, { decision: "deny", reason: "not now" });
    expect(decision(await reply)).toEqual({ behavior: "deny", message: "not now" });
  });

  test.each<[string, Answer]>([
    ["no answer", { decision: "allow" }],
    ["an answer to something else", { answers: { "Size?": "L" } }],
    ["two answers where one is wanted", { answers: { "Colour?": ["Red", "Blue"] } }],
    ["an empty answer", { answers: { "Colour?": " " } }],
    ["an empty list", { answers: { "Toppings?": [] } }],
  ])("takes no %s", (_, answer) => {
    const { asks, watch } = door();
    const { ask } = asks("AskUserQuestion", input);
    expect(() => watch.answer(ask.request, answer)).toThrow(expect.objectContaining({ code: "ANSWER_INVALID" }));
  });

  test("in a form that is not known is shown as it came, to be allowed or denied", () => {
    expect(door().asks("AskUserQuestion", { prompt: "?" }).ask).toMatchObject({ kind: "permission" });
  });
});

describe("a worker's token", () => {
  const { authorise } = door().door;
  test("opens its own door", () => expect(authorise("worker-1", "right")).toBe(true));
  test.each(["", "wrong", "right ", "righ"])("is not %j", (token) => expect(authorise("worker-1", token)).toBe(false));
  test("opens no door of a worker that has none", () => expect(authorise("worker-2", "")).toBe(false));
});
