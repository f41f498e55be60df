import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffSize, folded, lineDiff } from "./diff.ts";

const told = (before: string, after: string) => lineDiff(before, after).map(({ sign, text }) => `${sign}${text}`);

describe("a comparison of texts", () => {
  test("shows what stays, goes and comes, line by line", () => {
    expect(told("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n")).toEqual([" a", "-b", "+x", " c", " d", "+e"]);
  });

  test.each([
    ["nothing at all", "", "", []],
    ["a new file", "", "a\nb", ["+a", "+b"]],
    ["a deletion", "a\nb\n", "", ["-a", "-b"]],
    ["no change", "a\n\nb", "a\n\nb", [" a", " ", " b"]],
    ["a final line break that comes", "a", "a\n", [" a", "+"]],
    ["a final line break that goes", "a\n", "b", ["-a", "-", "+b"]],
    ["lines that moved", "a\nb\nc", "c\na\nb", ["+c", " a", " b", "-c"]],
  ])("of %s", (_, before, after, lines) => {
    expect(told(before, after)).toEqual(lines);
  });

  test("loses nothing: what stays and goes is the old text, what stays and comes the new one", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { minLength: 1 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const side = (sign: string) => lines.filter((line) => line.sign !== sign).map((line) => `${line.text}\n`);
        const ended = [before, after].every((each) => each === "" || each.endsWith("\n"));
        const whole = (each: string) => (each === "" || ended ? each : `${each}\n`);
        expect(side("+").join("")).toBe(whole(before));
        expect(side("-").join("")).toBe(whole(after));
      }),
    );
  });

  test("shows a change wherever the texts differ, and none where they do not", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n"), maxLength: 6 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(lineDiff(before, after).every(({ sign }) => sign === " ")).toBe(before === after);
      }),
    );
  });

  test("of two long texts without a common line is quick, and still whole", () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word} ${i}`).join("\n");
    expect(diffSize(lineDiff(many("old"), many("new")))).toEqual({ added: 3000, removed: 3000 });
  });

  test("leaves out long stretches that stay, and says how long they are", () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n");
    const shown = folded(lineDiff(before, before.replace("line 10", "changed")), 2);
    expect(shown.map((line) => ("left" in line ? line.left : `${line.sign}${line.text}`))).toEqual([
      8,
      " line 8",
      " line 9",
      "-line 10",
      "+changed",
      " line 11",
      " line 12",
      7,
    ]);
  });
});
