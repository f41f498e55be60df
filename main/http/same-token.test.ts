import { expect, test } from "vitest";
import { sameToken } from "./same-token.ts";

test.each([
  ["a", "a", true],
  ["a", "b", false],
  ["a", "", false],
  ["", "a", false],
  ["abc", "abcd", false],
  ["é", "e\u0301", false],
])("%j and %j: %s", (given, wanted, same) => expect(sameToken(given, wanted)).toBe(same));
