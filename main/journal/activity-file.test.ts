import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ActivityEntry } from "../../contract/activity.ts";
import { openActivityFile } from "./activity-file.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-activity-"));
  path = join(folder, "activity.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (seq: number): ActivityEntry => ({
  ...{ seq, at: seq, by: "person", did: "sent", worker: null, name: null, ref: null, what: "x", outcome: null },
});
const report = (cause: unknown) => {
  throw cause;
};
const open = (most = 100) => openActivityFile(path, { most, report });
const seqs = (entries: readonly ActivityEntry[]) => entries.map(({ seq }) => seq);

describe("the timeline's file", () => {
  test("gives back what was appended, in order, and is for nobody else", async () => {
    const file = await open();
    for (let seq = 1; seq <= 5; seq++) file.append(entry(seq));
    await file.close();
    expect(seqs((await open()).entries)).toEqual([1, 2, 3, 4, 5]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("goes on after a torn line and lines of a later version", async () => {
    const file = await open();
    file.append(entry(1));
    await file.close();
    await appendFile(path, '{"seq":2,"did":"teleported"}\n{"seq":3,"at"');
    const again = await open();
    expect(seqs(again.entries)).toEqual([1]);
    again.append(entry(4));
    await again.close();
    expect(seqs((await open()).entries)).toEqual([1, 4]);
  });

  test("stays short, however much is appended", async () => {
    const file = await open(10);
    for (let seq = 1; seq <= 35; seq++) {
      file.append(entry(seq));
      if (seq % 7 === 0) await file.close();
    }
    await file.close();
    expect((await readFile(path, "utf8")).split("\n").length).toBeLessThanOrEqual(21);
    expect(seqs((await open(10)).entries)).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
  });

  test("that cannot be written is reported, and costs only these lines", async () => {
    const reports: unknown[] = [];
    const file = await openActivityFile(path, { most: 10, report: (cause) => reports.push(cause) });
    await rm(folder, { recursive: true });
    file.append(entry(1));
    await file.close();
    expect(reports).toHaveLength(1);
    expect(file.entries).toEqual([]);
  });
});
