import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createBackwards } from "./backwards.ts";
import { createCutter } from "./lines.ts";
import { tempFolder } from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

/** Any bytes, with many line ends, separators that are none, and characters of several bytes. */
const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom("\n", "\r\n", "\u2028", "\u0085", "漢字😀", "", "{}", '"'),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.integer({ min: 1, max: 90_000 }).map((length) => "x".repeat(length)),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join("")));

/** What is expected: cut at LF, the rest left over. */
function expected(whole: Buffer): { lines: string[]; torn: string } {
  const parts = whole.toString("latin1").split("\n");
  return { lines: parts.slice(0, -1), torn: parts.at(-1) ?? "" };
}

function cutAll(whole: Buffer, cuts: readonly number[], longest?: number) {
  const cutter = createCutter(0, undefined, longest);
  const found: { line: string; start: number; end: number }[] = [];
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  for (let i = 1; i < places.length; i++) {
    // The buffer is written over afterwards, as the tail does with its own.
    const chunk = Buffer.from(whole.subarray(places[i - 1], places[i]));
    cutter.feed(chunk, (line, start, end) => found.push({ line: line.toString("latin1"), start, end }));
    chunk.fill(0);
  }
  return { found, start: cutter.start };
}

describe("lines", () => {
  test("are the same however the bytes arrive", () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 40 }), (whole, cuts) => {
        const { lines, torn } = expected(whole);
        const { found, start } = cutAll(whole, cuts);
        expect(found.map(({ line }) => line)).toEqual(lines);
        expect(start).toBe(whole.length - torn.length);
        for (const { line, start: from, end } of found) {
          expect(whole.subarray(from, end).toString("latin1")).toBe(`${line}\n`);
        }
      }),
    );
  });

  test("one byte at a time", () => {
    const whole = Buffer.from('{"a":"漢😀\u2028"}\r\n\n{"b"');
    const { found } = cutAll(whole, [...whole.keys()]);
    expect(found.map(({ line }) => Buffer.from(line, "latin1").toString())).toEqual(['{"a":"漢😀\u2028"}\r', ""]);
  });

  test("one that is too long to hold passes empty, and the next is whole", () => {
    const whole = Buffer.from(`${"x".repeat(5000)}\nshort\n${"y".repeat(4000)}\n`);
    const { found } = cutAll(whole, [100, 2000, 4500, 7000], 1000);
    expect(found).toEqual([
      { line: "", start: 0, end: 5001 },
      { line: "short", start: 5001, end: 5007 },
      { line: "", start: 5007, end: 9008 },
    ]);
  });

  test("read backwards are those read forwards", () => {
    using folder = tempFolder();
    const path = join(folder.path, "lines");
    fc.assert(
      fc.property(bytes, fc.nat(), (whole, skip) => {
        writeFileSync(path, whole);
        const fd = openSync(path, "r");
        const firstLines = expected(whole).lines;
        const left = skip % (firstLines.length + 1);
        const from = firstLines.slice(0, left).reduce((sum, line) => sum + line.length + 1, 0);
        const backwards = createBackwards(fd, whole.length, from);
        const found: string[] = [];
        for (let line = backwards.next(); line; line = backwards.next()) {
          expect(whole.subarray(line.start, line.start + line.line.length).equals(line.line)).toBe(true);
          found.unshift(line.line.toString("latin1"));
        }
        closeSync(fd);
        expect(found.filter(Boolean)).toEqual(firstLines.slice(left).filter(Boolean));
        expect(backwards.torn.toString("latin1")).toBe(expected(whole).torn);
        expect(backwards.read).toBe(whole.length - from);
      }),
    );
  });
});
