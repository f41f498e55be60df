import { expect, test } from "vitest";
import { type Mark, parse, readMark } from "./mark.ts";

const mark: Mark = { worker: "worker-1", name: "one", session: "A", pid: 7, root: 6, key: "k", home: "/h" };
const its = { session: "A", home: "/h", root: 6 };

test("a mark is read in its own session, as text or as an object", () => {
  expect(readMark(JSON.stringify(mark), its)).toEqual(mark);
  expect(readMark(mark, its)).toEqual(mark);
  expect(readMark({ ...mark, root: null }, { ...its, root: 9 })).toEqual({ ...mark, root: null });
});

test.each([
  ["another session, as a restored window copies it", { ...its, session: "B" }],
  ["another process, as after a restart of iTerm2", { ...its, root: 8 }],
  ["another home", { ...its, home: "/other" }],
])("a mark is none in %s", (_, where) => {
  expect(readMark(JSON.stringify(mark), where)).toBeUndefined();
});

test("what is no mark is none", () => {
  for (const value of [null, undefined, "", "{", "[]", 7, {}, { ...mark, pid: "7" }, { ...mark, key: 1 }]) {
    expect(readMark(value, its)).toBeUndefined();
  }
  expect([parse("{"), parse(undefined), parse("null")]).toEqual([undefined, undefined, null]);
});

test("a mark that names no process is none: numbers below two stand for whole groups, and negative ones for others' groups", () => {
  for (const pid of [1, 0, -0, -7, 1.5, Number.NaN, 2 ** 60]) expect(readMark({ ...mark, pid }, its)).toBeUndefined();
});
