import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLarge, nothingWritten, pastesIn, tidied, unfolded, wholeText, withoutPaste, withPaste } from "./paste.ts";

const long = Array.from({ length: 40 }, (_, i) => `line ${i}`).join("\n");

describe("a large paste", () => {
  test.each([
    ["a few lines", "a\nb\nc", false],
    ["twelve lines", Array(12).fill("x").join("\n"), false],
    ["forty lines", long, true],
    ["one very long line", "x".repeat(1501), true],
  ])("is one that would fill the field: %s", (_, text, large) => {
    expect(isLarge(text)).toBe(large);
  });

  test("stands as a mark where it was pasted, in place of what was selected", () => {
    const { writing, caret } = withPaste({ text: "Look at THIS now", pastes: [] }, 8, 12, long);
    expect(writing.text).toBe("Look at [Pasted text 1: 40 lines] now");
    expect(writing.text.slice(0, caret)).toBe("Look at [Pasted text 1: 40 lines]");
    expect(wholeText(writing)).toBe(`Look at ${long} now`);
  });

  test("is sent whole, however it looks, and however many there are", () => {
    const pasted = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(fc.array(pasted, { minLength: 1, maxLength: 5 }), (texts) => {
        const all = texts.map((text) => `${text} $& $1 [Pasted text 1: 2 lines]`);
        const writing = all.reduce(
          (before, text) => withPaste(before, before.text.length, before.text.length, text).writing,
          nothingWritten,
        );
        expect(wholeText(writing)).toBe(all.join(""));
      }),
    );
  });

  test("can be opened to be edited, and be taken out; a deleted mark sends nothing of it", () => {
    const { writing } = withPaste(nothingWritten, 0, 0, long);
    const [paste] = pastesIn(writing);
    expect(unfolded(writing, paste!).text).toBe(long);
    expect(withoutPaste(writing, paste!).text).toBe("");
    expect(tidied({ ...writing, text: "gone" })).toEqual({ text: "gone", pastes: [] });
    expect(tidied(writing)).toBe(writing);
  });

  test("is not taken for a mark that a person has typed", () => {
    expect(wholeText({ text: "[Pasted text 1: 40 lines]", pastes: [] })).toBe("[Pasted text 1: 40 lines]");
    expect(wholeText({ text: "[Pasted text 1: 3 lines]", pastes: [long] })).toBe("[Pasted text 1: 3 lines]");
  });
});
