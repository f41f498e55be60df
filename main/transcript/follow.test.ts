import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setImmediate as nextRound } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import {
  closing,
  foldWhole,
  line,
  probe,
  prompt,
  recordingPath,
  recordings,
  result,
  said,
  tempFolder,
  text,
  tool,
  withOutputs,
} from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

const openFiles = () => readdirSync("/dev/fd").length;
const events = (told: readonly { event: string }[]) => told.map(({ event }) => event);

describe("following a transcript", () => {
  test("begins when the file comes to be, in a folder that is not there either", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "projects", "-p", "a.jsonl");
    using it = probe();
    it.transcript.follow(path);
    await it.transcript.settled();
    mkdirSync(join(folder.path, "projects", "-p"), { recursive: true });
    writeFileSync(path, prompt("hello"));
    await it.until(() => it.told.length > 0);
    expect(it.told).toMatchObject([{ event: "prompted", prompt: "p-hello", text: "hello", absorbed: false }]);
    expect(it.told[0]?.at).toBe(Date.parse("2026-11-22T12:00:00.000Z"));
  });

  test("finishes with all that is there, holds no file open any more, and still shows it", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    writeFileSync(path, prompt("go"));
    const before = openFiles();
    using it = probe();
    it.transcript.follow(path);
    await it.transcript.settled();
    expect(openFiles()).toBeGreaterThan(before);
    appendFileSync(path, said("m1", [text("done")]));
    await it.transcript.finish();
    expect(openFiles()).toBe(before);
    appendFileSync(path, closing());
    await it.transcript.settled();
    expect(events(it.told)).toEqual(["prompted"]);
    expect((await it.transcript.page({ from: 0 })).messages.map(({ text }) => text)).toEqual(["go", "done"]);
  });

  test("tells each appended line as it comes, and each once", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    writeFileSync(path, prompt("before") + said("m0", [text("old")]) + closing());
    using it = probe();
    it.transcript.follow(path);
    it.transcript.follow(path);
    await it.transcript.settled();
    it.told.length = 0;
    const lines = [
      prompt("go"),
      said("m1", [tool("t1", "ls")], { stop_reason: "tool_use" }),
      result("t1", "a"),
      said("m2", [text("done")]),
      closing(1),
    ];
    const expected = ["prompted", "tool.called", "tool.returned", "turn.ended"];
    for (const [i, added] of lines.entries()) {
      appendFileSync(path, added);
      await it.until(() => i === 3 || it.told.length === Math.min(i + 1, 4));
    }
    await it.until(() => it.told.length === 4);
    await it.transcript.settled();
    expect(events(it.told)).toEqual(expected);
    expect(it.told.at(-1)).toMatchObject({ background: 1 });
    expect(it.summaries.at(-1)).toMatchObject({ lastReply: { text: "done", messageId: "m2" }, messageCount: 4 });
  });

  test("misses no last line of a burst", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    using it = probe();
    it.transcript.follow(path);
    for (let i = 1; i <= 40; i++) {
      appendFileSync(path, said(`m${i}`, [text(`answer ${i}`)]));
      await nextRound();
      appendFileSync(path, line("system", { subtype: "stop_hook_summary" }));
      await nextRound();
      appendFileSync(path, closing());
      await it.until(() => it.told.length === i);
    }
    expect(new Set(events(it.told))).toEqual(new Set(["turn.ended"]));
  });

  test("tells the summary also when a burst ends exactly where a round of reading does", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    // 16 reads of 64 kB; all but the first read 64 bytes again.
    const round = 65_536 + 15 * (65_536 - 64);
    const frame = said("m1", [text("")]).length;
    const burst = said("m1", [text("x".repeat(round - frame))]);
    expect(burst).toHaveLength(round);
    using it = probe();
    it.transcript.follow(path);
    writeFileSync(path, burst);
    await it.until(() => it.summaries.at(-1)?.lastReply?.messageId === "m1");
  });

  test("comes to what a full reading comes to, however the bytes arrive", async () => {
    const odd = [
      "\n",
      "\r\n",
      prompt("漢字 😀 \u2028 é").replace("\n", "\r\n"),
      '{"type":"user","mess\n',
      `${prompt("torn").slice(0, -20)}`,
    ];
    const files = [...recordings.values()].filter((bytes) => bytes.length < 250_000);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(files.length - 1),
        fc.shuffledSubarray(odd.slice(0, 4)),
        fc.array(fc.nat(), { maxLength: 25 }),
        async (index, added, cuts) => {
          using folder = tempFolder();
          const path = join(folder.path, "a.jsonl");
          const bytes = Buffer.concat([files[index]!, Buffer.from(added.join("") + odd[4])]);
          using it = probe();
          const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
          for (let i = 1; i < places.length; i++) {
            appendFileSync(path, bytes.subarray(places[i - 1], places[i]));
            if (i === 1) it.transcript.follow(path);
            else if (i % 3 > 0) await nextRound();
          }
          await it.transcript.settled();
          const full = foldWhole(bytes);
          expect(it.transcript.turns).toEqual(full.turns);
          expect(it.transcript.summary).toEqual(full.summary);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a command is told with what came of it, which stands on the line after it", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    using it = probe();
    it.transcript.follow(path);
    const command = (name: string) => line("user", { message: { content: `<command-name>${name}</command-name>` } });
    const printed = (content: string, more: object = {}) =>
      line("system", { subtype: "local_command", content, ...more });
    const lines = [
      command("/cost"),
      printed("<local-command-stdout>$1</local-command-stdout>"),
      command("/compact"),
      printed("<local-command-stderr>Error</local-command-stderr>", { commandOutcome: { kind: "failed" } }),
      line("system", { subtype: "informational", content: "Unknown command: /nonsense" }),
    ];
    appendFileSync(path, lines.join(""));
    await it.until(() => it.told.length === 3);
    expect(it.told).toMatchObject([
      { event: "commanded", command: "/cost", printed: { text: "$1", failed: false } },
      { event: "commanded", command: "/compact", printed: { text: "Error", failed: true } },
      { event: "commanded", command: "/nonsense", printed: { text: "Unknown command: /nonsense", failed: true } },
    ]);
  });

  test("a shell line is told once, as the prompt that its output is", () => {
    const { told } = foldWhole(readFileSync(recordingPath("input-prefixes")));
    const ofShell = told.filter((one) => "text" in one && one.text === "!echo bang");
    expect(ofShell).toMatchObject([{ event: "prompted" }]);
    expect(told.some((one) => one.event === "commanded" && one.command.startsWith("!"))).toBe(false);
  });

  test("how an earlier conversation ended is told before the newer one, however long its last turn is", async () => {
    using folder = tempFolder();
    const [old, now] = ["old.jsonl", "new.jsonl"].map((name) => join(folder.path, name)) as [string, string];
    const steps = Array.from(
      { length: 60 },
      (_, i) => said(`s${i}`, [tool(`t${i}`, "ls")], { stop_reason: "tool_use" }) + result(`t${i}`, "x".repeat(60_000)),
    );
    writeFileSync(old, prompt("before") + steps.join("") + closing(7));
    writeFileSync(now, prompt("after") + said("m1", [text("done")]) + closing());
    using it = probe();
    for (const path of [old, now]) it.transcript.follow(path);
    await it.transcript.settled();
    const texts = it.told.flatMap((one) =>
      one.event === "prompted" ? one.text : one.event === "turn.ended" ? one.background : [],
    );
    expect(texts).toEqual(["before", 7, "after", 0]);
  });

  test("a file followed from its birth is told line by line as a full reading tells it", async () => {
    using folder = tempFolder();
    for (const [name, bytes] of recordings) {
      const path = join(folder.path, name.replaceAll("/", "-"));
      using it = probe();
      it.transcript.follow(path);
      for (let at = 0; at < bytes.length; at += 70_001) {
        appendFileSync(path, bytes.subarray(at, at + 70_001));
        await nextRound();
      }
      await it.transcript.settled();
      expect(withOutputs(it.told)).toEqual(withOutputs(foldWhole(bytes).told));
    }
  });

  test.each([
    [
      "cut to nothing and written anew",
      (path: string, now: string) => {
        truncateSync(path, 0);
        appendFileSync(path, now);
      },
    ],
    [
      "written anew and longer than before",
      (path: string, now: string) => writeFileSync(path, now + closing().repeat(99)),
    ],
    [
      "replaced by another file",
      (path: string, now: string) => {
        writeFileSync(`${path}.new`, now);
        renameSync(`${path}.new`, path);
      },
    ],
    [
      "removed and made again",
      (path: string, now: string) => {
        rmSync(path);
        writeFileSync(path, now);
      },
    ],
  ])("%s, it is read from its beginning", async (_, change) => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    writeFileSync(path, prompt("first") + said("m1", [text("one")]) + closing());
    using it = probe();
    it.transcript.follow(path);
    await it.transcript.settled();
    change(path, prompt("second") + said("m2", [text("two")]) + closing());
    await it.until(() => it.transcript.summary.lastReply?.text === "two");
    await it.transcript.settled();
    expect(it.transcript.turns.map((turn) => turn.prompts[0]?.text)).toEqual(["second"]);
    appendFileSync(path, prompt("third"));
    await it.until(() => it.told.some((told) => told.event === "prompted" && told.text === "third"));
    expect((await it.transcript.page({})).messages.map(({ text }) => text)).toEqual(["second", "two", "third"]);
  });

  test("nothing is told after it was closed", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    writeFileSync(path, prompt("first"));
    using open = probe();
    open.transcript.follow(path);
    const closed = probe();
    closed.transcript.follow(path);
    await closed.transcript.settled();
    closed[Symbol.dispose]();
    closed.told.length = 0;
    const early = probe();
    early.transcript.follow(path);
    early[Symbol.dispose]();
    appendFileSync(path, prompt("second"));
    await open.until(() => open.told.length === 2);
    expect([...closed.told, ...early.told]).toEqual([]);
  });
});
