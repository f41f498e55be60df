import { expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";
import { createScreenReader } from "./screen-reader.ts";

test("callers share the run that begins after their call, never one that had begun", async () => {
  const release: ((value: number) => void)[] = [];
  const run = oneAtATime(() => new Promise<number>((done) => void release.push(done)));
  const first = run();
  const [second, third] = [run(), run()];
  expect(release).toHaveLength(1);
  release[0]?.(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(release).toHaveLength(2);
  release[1]?.(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
});

test("a run that failed does not fail the next", async () => {
  let turn = 0;
  const run = oneAtATime(async () => {
    if (++turn === 1) throw new Error("lost");
    return turn;
  });
  const [first, second] = [run(), run()];
  await expect(first).rejects.toThrow("lost");
  expect(await second).toBe(2);
});

test("a screen that looks the same is the same one, with its old time", async () => {
  let now = 1;
  let text = "a";
  const look = async () => ({ cols: 80, rows: 1, lines: [[{ text }]], cursor: null });
  const reader = createScreenReader(look, () => now++);
  const one = await reader.read();
  expect(one).toMatchObject({ rev: 1, at: 1 });
  expect(await reader.read()).toBe(one);
  text = "b";
  expect(await reader.read()).toMatchObject({ rev: 2, at: 3 });
  expect(reader.last).toMatchObject({ rev: 2 });
});
