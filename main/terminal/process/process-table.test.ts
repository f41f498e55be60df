import { describe, expect, test } from "vitest";
import { familyOf, fromPs, type Process, processTable, survivors } from "./process-table.ts";

const row = (pid: number, parent: number, group = pid, session = group): Process => ({
  pid,
  parent,
  group,
  session,
  started: `at ${pid}`,
});
const pids = (rows: readonly Process[]) => rows.map(({ pid }) => pid);

describe("a family", () => {
  const table = [
    row(1, 0),
    row(10, 1),
    row(14, 13, 14),
    row(11, 10, 10),
    row(13, 11, 13),
    row(12, 1, 10),
    row(15, 1, 15, 10),
    row(20, 1),
  ];

  test("is the descendants, the group and the session, not the root and not others", () => {
    expect(pids(familyOf(10, table))).toEqual([14, 11, 13, 12, 15]);
    expect(familyOf(20, table)).toEqual([]);
    expect(familyOf(99, table)).toEqual([]);
  });

  test("does not live on in a process that got its number", () => {
    const now = [row(11, 10, 10), { ...row(12, 1, 10), started: "later" }];
    expect(pids(survivors(familyOf(10, table), now))).toEqual([11]);
  });
});

test.each([
  ["the system's own", processTable],
  ["ps", fromPs],
])("the table of %s knows this process and its parent", async (_, read) => {
  const us = (await read()).find(({ pid }) => pid === process.pid);
  expect(us).toMatchObject({ parent: process.ppid, started: expect.stringMatching(/\d/) });
});

test("who asks while the table is being read shares the next reading", async () => {
  const [first, second, third] = [processTable(), processTable(), processTable()];
  expect(second).toBe(third);
  expect(first).not.toBe(second);
  expect((await second).some(({ pid }) => pid === process.pid)).toBe(true);
  await first;
});
