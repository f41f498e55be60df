import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameText, toInput } from "./paste.ts";

const [open, close] = ["\x1b[200~", "\x1b[201~"];
const pasteOf = (text: string) => `${open}${text}${close}`;
/** What a program that understands bracketed paste makes of the typed pieces. */
const received = (chunks: readonly string[]) => chunks.join("").replaceAll(open, "").replaceAll(close, "");
const codeOf = (text: string, as: "text" | "command" = "text") => {
  try {
    toInput(text, as);
    return "accepted";
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe("text for Claude's input box", () => {
  test("every line is pasted alone, and lines are joined by a bare line feed", () => {
    expect(toInput("one\n\n  two\n", "text").chunks).toEqual([pasteOf("one"), "\n", "\n", pasteOf("  two")]);
  });

  test("a line over 600 characters goes as several pastes with nothing between", () => {
    const { chunks } = toInput("x".repeat(1300), "text");
    expect(chunks).toEqual([pasteOf("x".repeat(600)), pasteOf("x".repeat(600)), pasteOf("x".repeat(100))]);
  });

  test("a long line is not cut inside an emoji family", () => {
    const family = "👨‍👩‍👧";
    const { chunks } = toInput(`${"x".repeat(597)}${family}y`, "text");
    expect(chunks).toEqual([pasteOf("x".repeat(597)), pasteOf(`${family}y`)]);
  });

  test("the path of a picture is cut in its ending, so that Claude does not take the picture for it", () => {
    expect(toInput("/a/b.png", "text").chunks).toEqual([pasteOf("/a/b.p"), pasteOf("ng")]);
    expect(toInput("'/a/b c.JPEG' /d.webp", "text").chunks).toHaveLength(3);
    expect(toInput("see b.pngx", "text").chunks).toHaveLength(1);
  });

  test("a backslash at the end gets a space behind it, where Enter would only make a new line", () => {
    expect(toInput("dir C:\\", "text")).toMatchObject({ chunks: [pasteOf("dir C:\\ ")], plain: "dir C:\\" });
    expect(toInput("!ls \\", "command")).toMatchObject({ chunks: ["!ls \\ "], plain: "!ls \\" });
  });

  test.each([
    ["CR and CRLF become line feeds", "a\r\nb\rc", "a\nb\nc", []],
    ["colours go", "\x1b[1;31mred\x1b[0m", "red", ["removed 2 terminal escape sequences"]],
    ["a title goes whole", "a\x1b]0;gone\x07b\x9d0;gone\x9cc", "abc", ["removed 2 terminal escape sequences"]],
    ["the end of a paste cannot be forged", "a\x1b[201~\rb", "a\nb", ["removed 1 terminal escape sequence"]],
    ["nor from two halves", "a\x1b[20\x1b[201~1~b", "a[201~b", expect.any(Array)],
    ["an unfinished sequence loses its start only", "a\x1b]0;kept", "a]0;kept", ["removed 1 control character"]],
    ["bells, DEL and C1 go", "a\x07b\x7fc\x85d", "abcd", ["removed 3 control characters"]],
    ["bidi and zero-width characters go", "a\u202eb\u200bc\ufeff", "abc", ["removed 3 invisible characters"]],
    ["hidden tags go", "a\u{e0041}\u{e0042}", "a", ["removed 2 invisible characters"]],
    ["half a character becomes visible", "a\ud83d", "a\ufffd", ["replaced 1 broken character"]],
    ["joined emoji, flags and chosen styles stay", "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣", "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣", []],
    ["joiners stay where the script needs them", "می‌خواهم", "می‌خواهم", []],
    ["tabs and leading blanks stay", "\t x", "\t x", []],
  ])("%s", (_, text, plain, notes) => {
    const input = toInput(text, "text");
    expect(input).toMatchObject({ plain, notes });
    expect(received(input.chunks)).toBe(plain);
  });
});

describe("first characters", () => {
  test.each([
    ["", "MESSAGE_EMPTY"],
    [" \n\u200b\x07 ", "MESSAGE_EMPTY"],
    ["/help", "MESSAGE_IS_COMMAND"],
    ["  /compact now", "MESSAGE_IS_COMMAND"],
    ["\n/nonsense", "MESSAGE_IS_COMMAND"],
    ["\x1b[0m/help", "MESSAGE_IS_COMMAND"],
    ["/tmp", "MESSAGE_IS_COMMAND"],
    ["exit", "MESSAGE_ENDS_SESSION"],
    [" quit\n", "MESSAGE_ENDS_SESSION"],
    [":q", "MESSAGE_ENDS_SESSION"],
    [":wq!", "MESSAGE_ENDS_SESSION"],
    ["/exit", "MESSAGE_ENDS_SESSION"],
    ["/quit now", "MESSAGE_ENDS_SESSION"],
    ["exit the loop", "accepted"],
    ["/tmp/foo is a file", "accepted"],
    [" /usr/bin/env", "accepted"],
    ["-l x", "accepted"],
    ["# title", "accepted"],
    ["@file what is this", "accepted"],
    ["& more", "accepted"],
    ["? why", "accepted"],
  ])("as text, %j is %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test("a leading ! gets one space, and the receipt says so", () => {
    expect(toInput("!ls", "text")).toEqual({
      chunks: [pasteOf(" !ls")],
      plain: " !ls",
      notes: ["put a space before the leading !"],
    });
    expect(toInput(" !ls", "text").notes).toEqual([]);
  });

  test.each([
    ["/compact", "accepted"],
    [" /clear ", "accepted"],
    ["!ls -l", "accepted"],
    ["compact", "INPUT_INVALID"],
    ["/a\n/b", "INPUT_INVALID"],
    ["/", "INPUT_INVALID"],
    ["!", "INPUT_INVALID"],
    ["", "MESSAGE_EMPTY"],
    ["/exit", "MESSAGE_ENDS_SESSION"],
    ["exit", "MESSAGE_ENDS_SESSION"],
  ])("as a command, %j is %s", (text, code) => {
    expect(codeOf(text, "command")).toBe(code);
  });

  test("a command is typed plainly, without a tab that would complete it", () => {
    expect(toInput(" /compact\tthe tests ", "command")).toMatchObject({
      chunks: ["/compact the tests"],
      plain: "/compact the tests",
    });
  });

  test("a long command is pasted in pieces, as Claude takes fast typing of that size for foreign content", () => {
    const { chunks, plain } = toInput(`/compact ${"x".repeat(700)}`, "command");
    expect(chunks).toEqual([pasteOf(plain.slice(0, 600)), pasteOf(plain.slice(600))]);
  });
});

describe("what Claude reports having received", () => {
  test.each([
    ["tabs as four spaces", "a\tb", "a    b"],
    ["composed characters", "e\u0301", "é"],
    ["without the white space at the end", "a  \n\n", "a"],
    ["with other line ends", "a\nb", "a\r\nb"],
    ["without invisible characters", "می‌خواهم", "میخواهم"],
  ])("is the same %s", (_, typed, seen) => {
    expect(sameText(typed, seen)).toBe(true);
  });

  test("differs by a leading blank, a line or a letter", () => {
    expect(sameText(" a", "a")).toBe(false);
    expect(sameText("a\n\nb", "a\nb")).toBe(false);
    expect(sameText("a", "A")).toBe(false);
  });
});

describe("of any text", () => {
  const sharp = fc.constantFrom(
    "\x1b[201~",
    "\x1b",
    "[201~",
    "\x9b",
    "\r\n",
    "\n",
    "\t",
    "👨‍👩‍👧",
    "e\u0301",
    "\ud800",
    "🇩🇪",
    "\u202e",
  );
  const unit = fc.oneof({ weight: 3, arbitrary: fc.string({ unit: "binary" }) }, { weight: 2, arbitrary: sharp });
  const long = fc.string({ unit: "grapheme", minLength: 500, maxLength: 900 });
  const text = fc
    .array(fc.oneof({ weight: 9, arbitrary: unit }, { weight: 1, arbitrary: long }), { maxLength: 30 })
    .map((parts) => `x${parts.join("")}`)
    .filter((candidate) => codeOf(candidate) === "accepted");
  const each = (check: (text: string) => void) => fc.assert(fc.property(text, check), { numRuns: 300 });

  test("no control but the paste's own marks, line feeds and tabs is typed", () => {
    each((text) => {
      for (const chunk of toInput(text, "text").chunks) {
        const inside = chunk === "\n" ? "" : chunk.slice(open.length, -close.length);
        expect(chunk).toBe(chunk === "\n" ? "\n" : pasteOf(inside));
        expect(inside.replaceAll("\t", "")).not.toMatch(/[\p{Control}\p{Surrogate}]/u);
      }
    });
  });

  test("the pieces joined are the text", () => {
    each((text) => {
      const { chunks, plain } = toInput(text, "text");
      expect(received(chunks).trimEnd()).toBe(plain);
      expect(sameText(plain, received(chunks))).toBe(true);
    });
  });

  test("no piece is empty or over 600 characters, and no grapheme is cut", () => {
    const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
    each((text) => {
      const { chunks, plain } = toInput(text, "text");
      const pieces = chunks.filter((chunk) => chunk !== "\n").map((chunk) => received([chunk]));
      for (const piece of pieces) expect(piece.length).toSatisfy((length: number) => length > 0 && length <= 600);
      const whole = plain.split("\n").flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment));
      const cut = pieces.flatMap((piece) => [...segmenter.segment(piece)].map(({ segment }) => segment));
      expect(cut.join("|")).toBe(whole.join("|"));
    });
  });

  test("a grapheme longer than a piece is cut between characters only", () => {
    const { chunks, plain } = toInput(`a${"\u{1d165}".repeat(700)}`, "text");
    expect(received(chunks)).toBe(plain);
    for (const chunk of chunks) expect(chunk).not.toMatch(/\p{Surrogate}/u);
  });
});
