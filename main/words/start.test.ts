import { expect, test } from "vitest";
import { start } from "./start.ts";

test.each([
  ["", 3, ""],
  ["abc", 3, "abc"],
  ["abcd", 3, "abc"],
  ["a🦊b", 3, "a🦊"],
  ["a🦊b", 2, "a"],
])("of %j the first %i are %j, never half a character", (text, max, first) => {
  expect(start(text, max)).toBe(first);
});
