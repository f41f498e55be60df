import { appendFileSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type Message, message } from "../../contract/message.ts";
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
  withOutputs,
} from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

async function pageOf(...paths: string[]) {
  using it = probe();
  for (const path of paths) it.transcript.follow(path);
  return await it.transcript.page({ from: 0 });
}

async function messagesIn(...lines: string[]): Promise<Message[]> {
  using folder = tempFolder();
  const path = join(folder.path, "a.jsonl");
  writeFileSync(path, lines.join(""));
  return (await pageOf(path)).messages;
}

describe("history", () => {
  test("is empty before there is a file", async () => {
    using folder = tempFolder();
    const nothing = { messages: [], from: 0, to: 0, total: 0 };
    expect(await pageOf()).toEqual(nothing);
    expect(await pageOf(join(folder.path, "a.jsonl"))).toEqual(nothing);
  });

  test("has one message per answer, with thinking apart, parallel tools joined, and usage counted once", async () => {
    const { messages, total } = await pageOf(recordingPath("thinking-parallel-tools"));
    expect(total).toBe(5);
    expect(messages[1]).toMatchObject({
      seq: 1,
      id: "msg_mock07a0a04bfb55e296",
      role: "assistant",
      from: "claude",
      text: "part one",
      thinking: "pondering",
      tools: [
        { name: "Bash", title: "echo a", result: "a", state: "done", input: expect.stringContaining('"echo a"') },
        { name: "Bash", title: "echo b", result: "b", state: "done" },
      ],
      usage: { input: 12, output: expect.any(Number) },
    });
    expect(messages[0]?.text).toContain('- item 3 with "quotes" and $VARS `ticks`\nlast');
    expect(messages[4]?.text).toHaveLength(60_032);
  });

  test("shows a session with everything in it", async () => {
    const { messages, total } = await pageOf(recordingPath("session-mixed-manual"));
    expect(total).toBe(63);
    expect(messages.every((m, i) => m.seq === i && message.safeParse(m).success)).toBe(true);
    expect(messages[9]?.tools).toMatchObject([{ state: "denied", result: "denied by the dashboard" }]);
    expect(messages[36]?.tools).toMatchObject([{ state: "failed" }]);
    expect(messages.filter((m) => m.role === "notice").map((m) => m.notice)).toEqual([
      "interrupted",
      "interrupted",
      "interrupted",
      "command",
      "compact",
      "command",
      "command",
    ]);
    expect(messages.slice(56, 59).map((m) => [m.from, m.text.slice(0, 30)])).toEqual([
      ["command", "/rename boss-1"],
      ["command", "Session renamed to: boss-1"],
      ["claude", "This session is being continue"],
    ]);
    expect(messages[60]?.text).toMatch(/^Compacted \(ctrl\+o to see full summary\)\nPreCompact/);
    expect(messages[53]).toMatchObject({ role: "assistant", problem: { is: "api_error" } });
  });

  test("tells where a message came from", async () => {
    const { messages } = await pageOf(recordingPath("peer-and-subagent"));
    expect(messages.filter((m) => m.role === "user").map((m) => [m.from, m.text.slice(0, 40)])).toEqual([
      ["session", "hello from boss, do task 7"],
      ["human", "sub [[agent:inside ((bash:sleep 4; echo "],
      ["background", 'Agent "mock subagent" finished\n\nsub fina'],
    ]);
  });

  test("goes on over /clear, with one numbering", async () => {
    const paths = ["6f6e", "0539", "5c3c"].map((id) => scenePath("slash-commands", id));
    const whole = await pageOf(...paths);
    const alone = await Promise.all(paths.map((path) => pageOf(path)));
    expect(whole.total).toBe(alone.reduce((sum, page) => sum + page.total, 0));
    expect(whole.messages.map((m) => m.seq)).toEqual([...whole.messages.keys()]);
    expect(whole.messages.map((m) => m.text)).toEqual(alone.flatMap((page) => page.messages.map((m) => m.text)));
    const clear = alone[0]!.total;
    expect(whole.messages[clear]).toMatchObject({ role: "notice", notice: "clear", from: "command" });
    using it = probe();
    for (const path of paths) it.transcript.follow(path);
    const part = await it.transcript.page({ from: clear - 1, to: clear + 2 });
    expect(part.messages).toEqual(whole.messages.slice(clear - 1, clear + 2));
    expect(it.transcript.summary.lastReply?.text).toMatch(/^Lorem ipsum/);
    const clearing = { event: "commanded", command: "/clear", printed: { text: "", failed: false } };
    expect(withOutputs(it.told)).toContainEqual(expect.objectContaining(clearing));
  });

  test("any page of any recording is that part of the whole", async () => {
    const paths = [...recordings.keys()].map((name) => recordingFile(name));
    const wholes = await Promise.all(paths.map((path) => pageOf(path)));
    await fc.assert(
      fc.asyncProperty(fc.nat(paths.length - 1), fc.nat(80), fc.nat(80), async (index, a, b) => {
        using it = probe();
        it.transcript.follow(paths[index]!);
        const whole = wholes[index]!;
        const page = await it.transcript.page({ from: Math.min(a, b), to: Math.max(a, b) });
        expect(page.messages).toEqual(whole.messages.slice(Math.min(a, b), Math.max(a, b)));
        expect(page).toMatchObject({ total: whole.total, to: Math.min(Math.max(a, b), whole.total) });
      }),
      { numRuns: 80 },
    );
  });

  test("without a range it is the end; a range beyond the end is cut", async () => {
    using it = probe();
    it.transcript.follow(recordingPath("session-mixed-manual"));
    expect(await it.transcript.page({})).toMatchObject({ from: 33, to: 63, total: 63 });
    expect(await it.transcript.page({ to: 10 })).toMatchObject({ from: 0, to: 10, total: 63 });
    expect(await it.transcript.page({ from: 99, to: 120 })).toEqual({ messages: [], from: 63, to: 63, total: 63 });
  });

  test("followed live it is the same as read again", async () => {
    using folder = tempFolder();
    for (const [name, bytes] of recordings) {
      const path = join(folder.path, basename(name));
      using it = probe();
      it.transcript.follow(path);
      await it.transcript.settled();
      for (let at = 0; at < bytes.length; at += 50_000) appendFileSync(path, bytes.subarray(at, at + 50_000));
      await it.transcript.settled();
      const { messages, from } = await it.transcript.page({});
      expect(messages).toEqual((await pageOf(path)).messages.slice(from));
    }
  });

  test("back in an earlier conversation, only what is new there comes after", async () => {
    using folder = tempFolder();
    const [a, b] = [join(folder.path, "a.jsonl"), join(folder.path, "b.jsonl")];
    writeFileSync(a, prompt("a1"));
    writeFileSync(b, prompt("b1"));
    using it = probe();
    it.transcript.follow(a);
    it.transcript.follow(b);
    await it.transcript.settled();
    it.transcript.follow(a);
    appendFileSync(a, prompt("a2"));
    const { messages } = await it.transcript.page({});
    expect(messages.map((m) => m.text)).toEqual(["a1", "b1", "a2"]);
    expect(it.transcript.summary.messageCount).toBe(3);
  });

  test("the last lines of a conversation are still read when the next has begun", async () => {
    using folder = tempFolder();
    const [a, b] = [join(folder.path, "a.jsonl"), join(folder.path, "b.jsonl")];
    writeFileSync(a, prompt("a1") + said("m1", [text("one")]));
    using it = probe();
    it.transcript.follow(a);
    it.transcript.follow(b);
    await it.transcript.settled();
    appendFileSync(a, closing());
    await it.until(() => it.told.at(-1)?.event === "turn.ended");
    expect(it.transcript.turns).toMatchObject([{ text: "one", ended: true }]);
  });

  test("long inputs and results are cut with a mark, texts are whole", async () => {
    const messages = await messagesIn(
      prompt("p".repeat(9000)),
      said("m1", [tool("t1", "c".repeat(9000))], { stop_reason: "tool_use" }),
      result("t1", "r".repeat(30_000)),
    );
    expect(messages[0]?.text).toHaveLength(9000);
    expect(messages[1]?.tools[0]).toMatchObject({
      input: expect.stringMatching(/^.{3999}…$/s),
      result: expect.stringMatching(/^r{3999}…$/),
      title: `${"c".repeat(119)}…`,
    });
  });

  test("each compaction has its own summary", async () => {
    const compaction = (words: string) =>
      line("system", { subtype: "compact_boundary", content: "Conversation compacted" }) +
      line("user", { message: { content: words }, isCompactSummary: true });
    const messages = await messagesIn(prompt("a"), compaction("first"), prompt("b"), compaction("second"));
    expect(messages.map((m) => m.text)).toEqual(["a", "first", "b", "second"]);
  });

  test("a tool without a result runs only while its turn does", async () => {
    const call = said("m1", [tool("t1", "ls")], { stop_reason: "tool_use" });
    expect((await messagesIn(prompt("a"), call))[1]?.tools[0]?.state).toBe("running");
    expect((await messagesIn(prompt("a"), call, prompt("b")))[1]?.tools[0]?.state).toBe("failed");
  });

  test("a result that stands far behind its call is found", async () => {
    const calls = said("m1", [tool("t1", "slow"), tool("t2", "fast")], { stop_reason: "tool_use" });
    const between = Array.from({ length: 20 }, (_, i) =>
      line("system", { subtype: "informational", content: `n${i}` }),
    );
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    writeFileSync(path, prompt("a") + calls + result("t2", "2") + between.join("") + result("t1", "1"));
    using it = probe();
    it.transcript.follow(path);
    const page = await it.transcript.page({ from: 1, to: 2 });
    expect(page.messages[0]?.tools.map((t) => t.result)).toEqual(["1", "2"]);
  });

  test("a file that is gone is said so", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    copyFileSync(recordingPath("api-errors"), path);
    using it = probe();
    it.transcript.follow(path);
    await it.transcript.settled();
    rmSync(path);
    await expect(it.transcript.page({})).rejects.toMatchObject({ code: "TRANSCRIPT_MISSING" });
  });
});
