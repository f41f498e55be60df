import { describe, expect, test } from "vitest";
import { contextOf } from "./context.ts";

const usage = (input: number) => ({ input, output: 10, cacheRead: 100, cacheWrite: 1000 });

describe("how full the context is", () => {
  test.each([
    ["claude-opus-5-5", 5, 1_000_000],
    ["claude-haiku-4-5-20251001", 5, 200_000],
    ["claude-sonnet-4-6", 500_000, 1_000_000],
    ["claude-opus-15", 5, null],
    ["claude-3-5-haiku", 5, null],
    ["gpt-5", 5, null],
    [null, 5, null],
  ])("%s after %d tokens of input has a window of %s", (model, input, limit) => {
    expect(contextOf(usage(input), model)).toEqual({ tokens: input + 1110, limit });
  });

  test("is not known without figures", () => {
    expect(contextOf(null, "claude-opus-5-5")).toBeNull();
    expect(contextOf({ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, "claude-opus-5-5")).toBeNull();
  });
});
