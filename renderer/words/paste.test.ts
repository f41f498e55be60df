import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLarge, markFor, pastesIn, unfolded, type Writing, wholeText, withoutPaste, writtenAfter } from "./paste.ts";

const long = Array.from({ length: 40 }, (_, i) => `line ${i}`).join("\n");

const writing = (text: string, ...pastes: string[]): Writing => ({ text, pastes });

describe("a large paste", () => {
  test.each([
    ["a few lines", "a\nb\nc", false],
    ["twelve lines", Array(12).fill("x").join("\n"), false],
    ["forty lines", long, true],
    ["one very long line", "x".repeat(1501), true],
  ])("is one that would fill the field: %s", (_, text, large) => {
    expect(isLarge(text)).toBe(large);
  });

  test("stands as a mark where it was pasted", () => {
    expect(writing(`Look at ${markFor(0, long)} now`, long).text).toBe("Look at [Pasted text 1: 40 lines] now");
    expect(wholeText(writing(`Look at ${markFor(0, long)} now`, long))).toBe(`Look at ${long} now`);
  });

  test("is sent whole, however it looks, and however many there are", () => {
    const pasted = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(fc.array(pasted, { minLength: 1, maxLength: 5 }), (texts) => {
        const all = texts.map((text) => `${text} $& $1 [Pasted text 1: 2 lines]`);
        const marks = all.map((text, place) => markFor(place, text)).join(" and ");
        expect(wholeText(writing(marks, ...all))).toBe(all.join(" and "));
      }),
    );
  });

  test("can be opened to be edited, and be taken out; a deleted mark sends nothing of it", () => {
    const written = writing(markFor(0, long), long);
    const [paste] = pastesIn(written);
    expect(unfolded(written, paste!).text).toBe(long);
    expect(withoutPaste(written, paste!).text).toBe("");
    expect(pastesIn({ ...written, text: "gone" })).toEqual([]);
    expect(wholeText({ ...written, text: "gone" })).toBe("gone");
  });

  test("is not taken for a mark that a person has typed", () => {
    expect(wholeText({ text: "[Pasted text 1: 40 lines]", pastes: [] })).toBe("[Pasted text 1: 40 lines]");
    expect(wholeText({ text: "[Pasted text 1: 3 lines]", pastes: [long] })).toBe("[Pasted text 1: 3 lines]");
  });
});

describe("what is written on while a message is sent", () => {
  test.each([
    ["nothing", "Fix it.", "Fix it.", ""],
    ["a sentence", "Fix it. Then the docs.", "Fix it.", "Then the docs."],
    ["lines", "Fix it.\n\nThen\nthe docs.\n", "Fix it.", "Then\nthe docs.\n"],
  ])("is the next message: %s", (_, text, sent, rest) => {
    expect(writtenAfter(writing(text), sent)).toEqual(writing(rest));
  });

  test("is not known when the message itself was changed meanwhile", () => {
    expect(writtenAfter(writing("Fix them. Then the docs."), "Fix it.")).toBeUndefined();
  });

  test("keeps the pastes that still stand in it, at their places", () => {
    const [first, second] = [markFor(0, long), markFor(1, "x")];
    const written = writing(`Look: ${first} and ${second}`, long, "x");
    expect(writtenAfter(written, `Look: ${first}`)).toEqual(writing(`and ${second}`, long, "x"));
    expect(writtenAfter(written, written.text)).toEqual(writing(""));
  });
});
