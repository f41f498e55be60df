import { describe, expect, test } from "vitest";
import { fieldsThatFit, isText, isTexts, type Keeper, oneOf, readKept } from "./kept.ts";

const keeping = (text: string | null): Keeper => ({ getItem: () => text, setItem: () => {} });

describe("what a page kept", () => {
  test("is read as it was written", () => {
    expect(readKept(keeping('{"tab":"terminal"}'), "any")).toEqual({ tab: "terminal" });
  });

  test.each([null, "", "{half", "null", "[1]", "7"])("is nothing where it is %j", (text) => {
    expect(readKept(keeping(text), "any")).toEqual({});
  });

  test("is taken field by field: what another version meant otherwise is left out", () => {
    const fits = { tab: oneOf(["conversation", "terminal"]), selected: isText, others: isTexts };
    expect(fieldsThatFit({ tab: "gone", selected: "worker-1", others: [1], more: true }, fits)).toEqual({
      selected: "worker-1",
    });
    expect(fieldsThatFit({ tab: "terminal", others: ["a"] }, fits)).toEqual({ tab: "terminal", others: ["a"] });
  });
});
