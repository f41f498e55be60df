import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  closing,
  line,
  probe,
  prompt,
  recordingFile,
  recordingPath,
  recordings,
  result,
  said,
  scenePath,
  tempFolder,
  text,
  tool,
} from "./test-kit.ts";
import type { Turn } from "./transcript.ts";

/** Prompts, the start of the last text, tools, problem; `+` is an absorbed prompt, `…` a turn that goes on. */
function row(turn: Turn): string {
  const start = (words: string | null) => words?.split("\n")[0]?.slice(0, 24).trim() ?? "–";
  const prompts = turn.prompts.map((p) => `${p.absorbed ? "+" : ""}${start(p.text)}`).join(" & ");
  const parts = [prompts || "∅", start(turn.text), turn.tools.join(","), turn.problem?.is ?? ""];
  return `${parts.join(" | ")}${turn.ended ? "" : " …"}${turn.background > 0 ? ` (${turn.background})` : ""}`;
}

async function turnsOf(path: string) {
  using it = probe();
  it.transcript.follow(path);
  await it.transcript.settled();
  return { rows: it.transcript.turns.map(row), turns: it.transcript.turns, summary: it.transcript.summary };
}

async function turnsIn(...lines: string[]) {
  using folder = tempFolder();
  const path = join(folder.path, "a.jsonl");
  writeFileSync(path, lines.join(""));
  return await turnsOf(path);
}

describe("turns of the recorded sessions", () => {
  test("a session with tools, permissions, Esc, a queue and errors", async () => {
    const { rows, turns, summary } = await turnsOf(recordingPath("session-mixed-manual"));
    expect(rows).toEqual([
      "first [[text:Hello one]] | Hello one |  | ",
      "second [[text:I will run | Done: made | Bash | ",
      "third [[bash:touch /home | finished third | Bash | ",
      "fourth [[bash:touch /hom | Done: denied by the dash | Bash | ",
      "fifth [[bash:touch /home | finished fifth | Bash | ",
      "sixth [[ask]] [[text:you | you chose | AskUserQuestion | ",
      "seventh [[ask]] | Done: Your questions hav | AskUserQuestion | ",
      "plan [[plan:# The plan\\n | Done: <tool_use_error>Yo | ExitPlanMode | ",
      "slow one [[slow:8]] [[te | Lorem ipsum dolor sit am |  | ",
      "queued message A [[text: & queued B | answer A |  | ",
      "tooltime [[bash:sleep 6; & +steer me C | tool finished | Bash | ",
      "esc1 [[slow:20]] | Lorem ipsum dolor sit am |  | interrupted",
      "esc2 [[bash:sleep 30; ec | tool finished | Bash | ",
      "esc3 [[bash:touch /home/ | – | Bash | interrupted",
      "esc2b [[bash:for i in $( | – | Bash | interrupted",
      "queued Q [[text:answer Q | answer Q |  | ",
      "err 529*2 [[err:529*2]] | recovered 529*2 |  | ",
      "err 429*1 [[err:429*1]] | recovered 429*1 |  | ",
      "err 500*1 [[err:500*1]] | recovered 500*1 |  | ",
      "err 400 [[err:400]] [[te | – |  | api_error",
      "err 401 [[err:401]] [[te | – |  | api_error",
    ]);
    expect(summary).toEqual({
      at: Date.parse("2026-11-22T09:40:07.940Z"),
      messageCount: 41,
      lastReply: {
        messageId: "msg_mockc991cb5ff9b9c2f4",
        text: "recovered 500*1",
        at: Date.parse("2026-11-22T09:32:09.475Z"),
      },
      activity: null,
      branch: "master",
      model: "claude-opus-5-5",
    });
    const merged = turns[9]!;
    expect(merged.prompts.map((p) => p.id)).toEqual([
      "e9c0a4e0-1e8e-4fce-b721-61c21f1e1602",
      "16cf30ec-6aaa-433a-a426-4d36a0d72736",
    ]);
    expect(turns[10]?.prompts[1]).toEqual({
      id: null,
      text: "steer me C",
      at: Date.parse("2026-11-22T09:30:55.352Z"),
      absorbed: true,
    });
  });

  test("API errors, cut streams, the token limit and a refusal", async () => {
    const { rows, turns, summary } = await turnsOf(recordingPath("api-errors"));
    expect(rows).toEqual([
      "err test [[err:401]] | – |  | signed_out",
      "err test [[err:529]] | – |  | api_error",
      "err test [[err:429]] | – |  | rate_limited",
      "err test [[cut*1]] [[slo | Lorem ipsum dolor sit am |  | ",
      "err test [[cut]] [[slow: | Lorem ipsum dolor sit am |  | ",
      "err test [[sseerr]] [[te | abc def |  | ",
      "err test [[stop:max_toke | truncated |  | ",
      "err test [[stop:refusal] | Echo: Your response abov |  | ",
    ]);
    expect(turns[0]?.problem?.text).toBe("Please run /login · API Error: 401 mock 401 authentication_error");
    // After the limit Claude goes on in the same turn: both pieces are the answer.
    expect(turns[6]?.text).toMatch(/^truncated\nEcho: Output token limit hit\./);
    expect(summary.messageCount).toBe(15);
  });

  test("another session's message, and a background agent that comes back into its turn", async () => {
    const { rows, summary } = await turnsOf(recordingPath("peer-and-subagent"));
    expect(rows).toEqual([
      "∅ | Echo: Another Claude ses |  | ",
      "sub [[agent:inside ((bas | Done: Async agent launch | Agent | ",
    ]);
    expect(summary).toMatchObject({ messageCount: 4, branch: null });
  });

  test("a subagent's own file says nothing about the main conversation", async () => {
    const { rows, summary } = await turnsOf(recordingPath("subagent-sidechain"));
    expect(rows).toEqual([]);
    expect(summary).toMatchObject({ messageCount: 0, lastReply: null, activity: null });
  });

  test.each([
    ["after-clear", 1, 2, "after clear [[text:hi ag | hi again |  | ", "claude-sonnet-4-5"],
    ["thinking-parallel-tools", 2, 5, "second [[len:60000]] | Lorem ipsum dolor sit am |  | ", "claude-opus-5-5"],
    ["input-prefixes", 11, 21, "vim mode | Echo: vim mode |  | ", "claude-opus-5-5"],
    ["mcp-session", 19, 37, "again? [[tool:mcp__team_ | Done: echo:y | mcp__team__echo | ", "claude-opus-5-5"],
  ])("%s: %i turns, %i texts", async (name, turns, texts, last, model) => {
    const { rows, summary } = await turnsOf(recordingPath(name));
    expect(rows).toHaveLength(turns);
    expect(rows.at(-1)).toBe(last);
    expect(summary).toMatchObject({ messageCount: texts, model, activity: null });
  });

  test("!ls and a prompt of an MCP server begin turns; local commands do not", async () => {
    const shell = await turnsOf(recordingPath("input-prefixes"));
    expect(shell.rows[6]).toBe("!echo bang | Echo: <bash-stdout>bang< |  | ");
    const served = await turnsOf(recordingPath("mcp-session"));
    expect(served.rows[11]).toBe("/mcp__team__brief Ann | prompt expanded |  | ");
    const slash = await turnsOf(scenePath("slash-commands", "0539"));
    expect(slash.rows.map((r) => r.split(" | ")[0])).toEqual(["second life", "long [[slow:4]]", "long2 [[slow:4]]"]);
  });

  test("prompts taken back before an answer began, and Esc with a queue", async () => {
    const { rows } = await turnsOf(scenePath("interrupts", "4120"));
    expect(rows).toEqual([
      "a [[ttfb:5]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "a [[ttfb:5]]b [[slow:8]] | – |  | interrupted",
      "queued-d | Echo: queued-d |  | ",
      "e [[bash:sleep 20]] | – | Bash | interrupted",
      "queued-e | Done: [Tool result missi |  | ",
      "f [[slow:4]] | Lorem ipsum dolor |  | interrupted",
      "g [[bash:touch /home/dev | – | Bash | interrupted",
      "robot msg | Done: The user doesn't w |  | ",
    ]);
  });

  test("a background agent that came back in the middle of a later turn no longer counts", async () => {
    const { turns } = await turnsOf(scenePath("permission-serial-and-subagent", "a78f"));
    expect(turns.slice(4, 6).map(row)).toEqual([
      "E [[agent:sub ((bash:tou | Done: Async agent launch | Agent | ",
      "E2 [[bash:touch /home/de | Done: (Bash completed wi | Bash | ",
    ]);
  });

  test("all recordings are read without a fault", async () => {
    for (const name of recordings.keys()) {
      const { turns } = await turnsOf(recordingFile(name));
      expect(turns.every((turn) => turn.ended || turn === turns.at(-1))).toBe(true);
    }
  });
});

describe("turns", () => {
  test("a tool run between two texts: the last text is the answer", async () => {
    const { turns } = await turnsIn(
      prompt("go"),
      said("m1", [text("Let me look.")], { stop_reason: "tool_use" }),
      said("m1", [tool("t1", "ls")], { stop_reason: "tool_use" }),
      result("t1", "a.txt"),
      said("m2", [text("There is")]),
      said("m2", [text("one file.")]),
      closing(),
    );
    expect(turns).toMatchObject([{ text: "There is\none file.", messageId: "m2", tools: ["Bash"], ended: true }]);
  });

  test("an answer that ends at the token limit is truncated, one that the safeguards stopped is refused", async () => {
    const { rows } = await turnsIn(
      prompt("a"),
      said("m1", [text("half")], { stop_reason: "max_tokens" }),
      closing(),
      prompt("b"),
      said("m2", [text("no")], { stop_reason: "refusal" }),
      closing(),
    );
    expect(rows).toEqual(["a | half |  | truncated", "b | no |  | refused"]);
  });

  test("a turn without a closing line is over when the next prompt begins", async () => {
    const { rows } = await turnsIn(
      prompt("a"),
      said("m1", [text("done")]),
      prompt("b"),
      said("m2", [tool("t1", "ls")], { stop_reason: "tool_use" }),
      prompt("c"),
    );
    expect(rows).toEqual(["a | done |  | ", "b | – | Bash | interrupted", "c | – |  |  …"]);
  });

  test("a background task answers in the turn that began it, and later turns keep their own answer", async () => {
    const notice = (call: string) =>
      line("user", {
        message: {
          role: "user",
          content: `<task-notification><tool-use-id>${call}</tool-use-id><summary>done</summary></task-notification>`,
        },
        origin: { kind: "task-notification" },
        promptSource: "system",
      });
    const before = [
      prompt("a"),
      said("m1", [tool("t1", "agent")], { stop_reason: "tool_use" }),
      result("t1", "launched"),
      said("m2", [text("It runs.")]),
      closing(1),
      prompt("b"),
      said("m3", [text("Four.")]),
      closing(1),
    ];
    const waiting = await turnsIn(...before);
    expect(waiting.rows).toEqual(["a | It runs. | Bash |  (1)", "b | Four. |  | "]);
    const woken = await turnsIn(...before, notice("t1"));
    expect(woken.rows).toEqual(["a | It runs. | Bash |  … (1)", "b | Four. |  | "]);
    const after = await turnsIn(...before, notice("t1"), said("m4", [text("It found two.")]), closing());
    expect(after.rows).toEqual(["a | It found two. | Bash | ", "b | Four. |  | "]);
    expect(after.summary.lastReply?.text).toBe("It found two.");
  });

  test("Esc with a prompt in the queue is told of the turn that goes on only by its beginning", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    using it = probe();
    it.transcript.follow(path);
    const rejected = { ...JSON.parse(result("t1", "rejected", { toolDenialKind: "user-rejected" })), uuid: "r1" };
    const esc = { message: { content: [text("[Request interrupted by user for tool use]")] } };
    const interruption = { ...JSON.parse(line("user", esc)), parentUuid: "r1" };
    appendFileSync(
      path,
      [
        prompt("a"),
        said("m1", [tool("t1", "ls")], { stop_reason: "tool_use" }),
        prompt("b", { promptSource: "queued" }),
        `${JSON.stringify(rejected)}\n${JSON.stringify(interruption)}\n`,
        said("m2", [text("B.")]),
        closing(),
      ].join(""),
    );
    await it.transcript.settled();
    expect(it.told.map((told) => told.event)).toEqual([
      "prompted",
      "tool.called",
      "prompted",
      "tool.returned",
      "turn.ended",
    ]);
    expect(it.transcript.turns.map(row)).toEqual(["a | – | Bash | interrupted", "b | B. |  | "]);
  });

  test("transcripts of versions that wrote no origin are read, too", async () => {
    const old = (content: unknown, more: object = {}) => line("user", { message: { role: "user", content }, ...more });
    const { rows } = await turnsIn(
      old("<command-name>/model</command-name>\n<command-args></command-args>"),
      old("<local-command-stdout>Set model</local-command-stdout>"),
      old("Caveat", { isMeta: true }),
      old([
        { type: "text", text: "look" },
        { type: "image", source: {} },
      ]),
      said("m1", [text("seen")]),
      old("[Request interrupted by user]"),
    );
    expect(rows).toEqual(["look | seen |  | interrupted"]);
  });

  test("what a person typed is a prompt, whatever it looks like", async () => {
    const words = "<command-name>/x</command-name> [Request interrupted by user]";
    const { turns } = await turnsIn(prompt(words), prompt("[Request interrupted by user]"));
    expect(turns.map((turn) => turn.prompts[0]?.text)).toEqual([words, "[Request interrupted by user]"]);
  });

  test("the activity is the newest tool that has not returned", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    using it = probe();
    it.transcript.follow(path);
    writeFileSync(path, prompt("go") + said("m1", [tool("t1", "npm  test")], { stop_reason: "tool_use" }));
    await it.transcript.settled();
    expect(it.transcript.summary.activity).toBe("Bash: npm test");
    const read = { type: "tool_use", id: "t2", name: "Read", input: { file_path: "/home/dev/p/src/a.ts" } };
    const mcp = { type: "tool_use", id: "t3", name: "mcp__team__list_sessions", input: {} };
    appendFileSync(path, said("m1", [read, mcp], { stop_reason: "tool_use" }) + result("t3", "[]"));
    await it.transcript.settled();
    expect(it.transcript.summary.activity).toBe("Read: src/a.ts");
    appendFileSync(path, result("t2", "x") + result("t1", "ok"));
    await it.transcript.settled();
    expect(it.transcript.summary.activity).toBeNull();
  });

  test("at least the last fifty turns stay", async () => {
    const lines = Array.from({ length: 230 }, (_, i) => prompt(`q${i}`) + said(`m${i}`, [text(`a${i}`)]) + closing());
    const { turns } = await turnsIn(...lines);
    expect(turns).toHaveLength(50);
    expect(turns[0]?.text).toBe("a180");
  });
});
