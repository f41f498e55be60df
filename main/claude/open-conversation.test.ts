import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processWith } from "./open-conversation.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-sessions-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Process 7 began at "a"; no other is there. */
const processes = {
  starts: async (pids: readonly number[]) => new Map(pids.filter((pid) => pid === 7).map((pid) => [pid, "a"])),
};
const write = (pid: number, sessionId: string, procStart: string | null = "a") =>
  writeFile(join(folder, `${pid}.json`), JSON.stringify({ pid, sessionId, procStart }));

test("the process that has a conversation open is found by its live file", async () => {
  await write(7, "c-1");
  await writeFile(join(folder, "7.key"), "secret");
  await writeFile(join(folder, "8.json"), "");
  expect(await processWith("c-1", folder, processes)).toBe(7);
  expect(await processWith("c-2", folder, processes)).toBeNull();
});

test("a file that a dead process left behind has nothing open, nor one of a later process with its number", async () => {
  await write(9, "c-1");
  await write(7, "c-2", "earlier");
  expect(await processWith("c-1", folder, processes)).toBeNull();
  expect(await processWith("c-2", folder, processes)).toBeNull();
});

test("without live files nothing is open", async () => {
  expect(await processWith("c-1", join(folder, "none"), processes)).toBeNull();
});
