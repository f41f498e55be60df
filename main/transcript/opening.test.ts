import { closeSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type OpenFile, openFile } from "./open-file.ts";
import { createOpening } from "./opening.ts";
import { readEntry } from "./read-entry.ts";
import {
  closing,
  line,
  probe,
  prompt,
  recordingFile,
  recordings,
  result,
  said,
  tempFolder,
  text,
  tool,
} from "./test-kit.ts";
import { createTurns } from "./turns.ts";

vi.setConfig({ testTimeout: 30_000 });

/** The last turn and the summary, as the end of the first `size` bytes alone tells them. */
async function opened(file: OpenFile, size: number) {
  const opening = createOpening({ ...file, size }, 0);
  opening.findText();
  await opening.findTurn({ aborted: false });
  const { turns } = opening.fold();
  return { turn: turns.turns.at(-1), summary: turns.summary };
}

/** Opens a file wherever it could have ended, and compares with a reading from its beginning. */
async function expectSameAtEveryLine(path: string): Promise<void> {
  const bytes = readFileSync(path);
  const file = openFile(path)!;
  const full = createTurns();
  for (let start = 0, end = bytes.indexOf(10) + 1; end > 0; start = end, end = bytes.indexOf(10, start) + 1) {
    const entry = readEntry(bytes.subarray(start, end));
    full.add(entry);
    if (entry.is === "other") continue;
    // Some bytes of the next line are there already.
    const next = bytes.indexOf(10, end) < 0 ? bytes.length : bytes.indexOf(10, end);
    const { turn, summary } = await opened(file, Math.min(end + (start % 7), next));
    expect(turn).toEqual(full.turns.at(-1));
    expect({ ...summary, messageCount: 0 }).toEqual({ ...full.summary, messageCount: 0 });
  }
  closeSync(file.fd);
}

const of = (from: string, words: string) =>
  line("user", { message: { role: "user", content: words }, origin: { kind: from }, promptSource: "system" });
const queued = { promptSource: "queued" };
const going = { stop_reason: "tool_use" };

/** Lines in orders that were never recorded; `i` makes them differ. */
const anyLine: readonly ((i: number) => string)[] = [
  (i) => prompt(`typed ${i}`),
  (i) => prompt(`queued ${i}`, queued),
  (i) => prompt(`one turn ${i}`, { ...queued, turnPosition: { turnIndex: 7 } }),
  (i) => prompt(`old ${i}`, { origin: undefined, promptSource: undefined }),
  (i) => of("peer", `peer ${i}`),
  (i) => of("task-notification", `<tool-use-id>t${i % 5}</tool-use-id>`),
  (i) => said(`m${i}`, [text(`whole ${i}`)]),
  (i) => said(`m${i}`, [text(`first ${i}`)]) + said(`m${i}`, [text(`second ${i}`)], {}, 1),
  (i) =>
    said(`m${i}`, [tool(`t${i % 5}`, "ls")], going) + result(`t${i % 5}`, "") + said(`m${i}`, [text("x")], going, 1),
  (i) => said(`m${i}`, [text(`cut ${i}`)], { stop_reason: "max_tokens" }),
  (i) => said(`m${i}`, [tool(`t${i % 5}`, "ls")], going),
  (i) => result(`t${i % 5}`, "ok"),
  () => closing(),
  () => line("user", { message: { content: [text("[Request interrupted by user]")] } }),
  (i) => line("user", { message: { content: `<bash-input>${i}</bash-input>` } }),
  (i) => line("user", { message: { content: `<bash-stdout>${i}</bash-stdout>` }, turnOrigin: "human" }),
  (i) => line("assistant", { isApiErrorMessage: true, message: { id: `e${i}`, content: [text("500")] } }),
  () => line("system", { subtype: "stop_hook_summary" }),
];

describe("a transcript opened at its end", () => {
  test("has the last turn of a reading from the beginning, wherever the file ends", async () => {
    for (const name of recordings.keys()) await expectSameAtEveryLine(recordingFile(name));
  });

  test("also when its lines come in orders that were never recorded", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(anyLine.length - 1), { minLength: 1, maxLength: 40 }), async (kinds) => {
        writeFileSync(path, kinds.map((kind, i) => anyLine[kind]!(i)).join(""));
        await expectSameAtEveryLine(path);
      }),
      { numRuns: 150 },
    );
  });

  test("knows the last text at once, and all of the turn soon, however much stands between", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    const steps = Array.from({ length: 60 }, (_, i) => {
      const call = said(`m${i}`, [tool(`t${i}`, `step ${i}`)], { stop_reason: "tool_use" });
      return call + result(`t${i}`, "x".repeat(100_000));
    });
    writeFileSync(path, [prompt("long"), ...steps, said("last", [text("At last.")]), closing()].join(""));
    using it = probe();
    it.transcript.follow(path);
    expect(it.transcript.summary.lastReply?.text).toBe("At last.");
    await it.until(() => it.told.length > 0);
    expect(it.told.map(({ event }) => event)).toEqual(["prompted", "turn.ended"]);
    expect(it.transcript.turns.at(-1)?.tools).toHaveLength(60);
    await it.transcript.settled();
    expect(it.transcript.summary.messageCount).toBe(2);
  });

  test("tells of the tools only those that still run", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    const calls = said("m1", [tool("t1", "ls"), tool("t2", "make")], { stop_reason: "tool_use" });
    writeFileSync(
      path,
      prompt("before") + said("m0", [text("x")]) + closing() + prompt("go") + calls + result("t1", "a"),
    );
    using it = probe();
    it.transcript.follow(path);
    await it.transcript.settled();
    expect(it.told).toEqual([
      { signal: "transcript", event: "prompted", prompt: "p-go", text: "go", absorbed: false, at: expect.any(Number) },
      {
        signal: "transcript",
        event: "tool.called",
        id: "t2",
        tool: "Bash",
        input: { command: "make" },
        at: expect.any(Number),
      },
    ]);
  });
});
