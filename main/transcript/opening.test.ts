import { closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openFile } from "./open-file.ts";
import { createOpening } from "./opening.ts";
import { closing, foldWhole, probe, prompt, recordings, result, said, tempFolder, text, tool } from "./test-kit.ts";

/** The last turn, as the end of the file alone tells it. */
async function opened(path: string) {
  const file = openFile(path)!;
  const opening = createOpening(file, 0);
  opening.findText();
  await opening.findTurn(new AbortController().signal);
  closeSync(file.fd);
  return opening.fold();
}

describe("a transcript opened at its end", () => {
  test("has the last turn of a reading from the beginning, wherever the file ends", async () => {
    using folder = tempFolder();
    const path = join(folder.path, "a.jsonl");
    const files = [...recordings.values()];
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), fc.double({ min: 0, max: 1, noNaN: true }), async (index, share) => {
        const bytes = files[index]!.subarray(0, Math.round(files[index]!.length * share));
        writeFileSync(path, bytes);
        const { turns } = await opened(path);
        const full = foldWhole(bytes);
        expect(turns.turns.at(-1)).toEqual(full.turns.at(-1));
        const { messageCount: _, ...rest } = turns.summary;
        expect(full.summary).toMatchObject(rest);
      }),
      { numRuns: 300 },
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
