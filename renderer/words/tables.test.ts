import { expect, test } from "vitest";
import { tableParts } from "./tables.ts";

test("a table is taken out, with what stands around it", () => {
  const text = "Before:\n\n| file | failing |\n|---|:-:|\n| `a.ts` | 1 |\n| b \\| c |  |\n\nAfter.";
  expect(tableParts(text)).toEqual([
    "Before:\n",
    [
      ["file", "failing"],
      ["`a.ts`", "1"],
      ["b | c", ""],
    ],
    "\nAfter.",
  ]);
});

test("a table may be all there is, and two may follow one another", () => {
  expect(tableParts("| a |\n|---|\n\n| b |\n|---|\n| c |")).toEqual([[["a"]], [["b"], ["c"]]]);
});

test.each([
  ["strokes without a rule", "| a | b |\n| c | d |"],
  ["a rule without a header", "text\n|---|---|"],
  ["one in a code fence", "```\n| a |\n|---|\n```"],
  ["no stroke at all", "plain\n\ntext"],
])("%s is no table", (_, text) => {
  expect(tableParts(text)).toEqual([text]);
});
