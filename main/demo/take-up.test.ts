import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";
import { type Facts, gatherFacts, transcriptFolder } from "./facts.ts";
import { takeUp } from "./take-up.ts";
import { createTranscript } from "./transcript.ts";

let config: string;
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), "fake-claude-"));
});
afterEach(() => rmSync(config, { recursive: true }));

const factsOf = (...argv: string[]): Facts => gatherFacts(readArguments(argv), { CLAUDE_CONFIG_DIR: config });

/** A conversation of an earlier run, with two lines in its chain. */
function write(facts: Facts): string {
  const lines = [
    { type: "mode", mode: "normal", sessionId: "c-1" },
    { type: "user", uuid: "u-1", parentUuid: null, isSidechain: false, sessionId: "c-1" },
    { type: "assistant", uuid: "u-2", parentUuid: "u-1", isSidechain: false, sessionId: "c-1" },
  ];
  mkdirSync(transcriptFolder(facts), { recursive: true });
  const path = join(transcriptFolder(facts), "c-1.jsonl");
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}
const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("a resumed conversation goes on in its own file, below its last line", () => {
  const facts = factsOf("--resume", "c-1");
  const path = write(facts);
  const transcript = createTranscript(facts, "default", Date.now, takeUp(facts, "c-1"));
  transcript.append({ type: "user", uuid: "u-3" });
  expect(linesOf(path)).toHaveLength(4);
  expect(linesOf(path).at(-1)).toMatchObject({ uuid: "u-3", parentUuid: "u-2", sessionId: "c-1" });
});

test("a fork goes on in a copy, and leaves the first alone", () => {
  const facts = factsOf("--resume", "c-1", "--fork-session", "--session-id", "c-2");
  const path = write(facts);
  const transcript = createTranscript(facts, "default", Date.now, takeUp(facts, "c-1"));
  transcript.append({ type: "user", uuid: "u-3" });
  expect(linesOf(path)).toHaveLength(3);
  expect(linesOf(transcript.path).map(({ sessionId }) => sessionId)).toEqual(["c-2", "c-2", "c-2", "c-2"]);
  expect(linesOf(transcript.path).at(-1)).toMatchObject({ parentUuid: "u-2" });
});

test("a conversation that was never written cannot be gone on with", () => {
  expect(takeUp(factsOf("--resume", "c-1"), "c-1")).toBeUndefined();
});
