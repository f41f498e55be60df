import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { closing, line, probe, prompt, result, row, said, tempFolder, text, tool, turnsIn } from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

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
