import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pieces } from "./cells.ts";
import { contrast, hex, readable, screenGround } from "./colour.ts";
import { keyCodes, leaves, pasteCodes } from "./keys.ts";
import { isBlank, usedRows } from "./rows.ts";

describe("pieces of a row", () => {
  test.each([
    ["plain text", "npm test └─┘ é", [["npm test └─┘ é", 0]]],
    [
      "wide characters",
      "a你好b",
      [
        ["a", 0],
        ["你", 2],
        ["好", 2],
        ["b", 0],
      ],
    ],
    ["emoji", "🎉", [["🎉", 2]]],
    [
      "an emoji of several code points",
      "👩‍💻!",
      [
        ["👩‍💻", 2],
        ["!", 0],
      ],
    ],
    [
      "signs from other fonts",
      "⏺ ok",
      [
        ["⏺", 1],
        [" ok", 0],
      ],
    ],
    ["nothing", "", []],
  ])("%s", (_, text, expected) => {
    expect(pieces(text).map((piece) => [piece.text, piece.cells])).toEqual(expected);
  });

  test("lose no character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(
          pieces(text)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("colours", () => {
  test.each([
    [16, "#000000"],
    [196, "#ff0000"],
    [231, "#ffffff"],
    [174, "#d78787"],
    [232, "#080808"],
    [255, "#eeeeee"],
    ["#12Ab9f", "#12Ab9f"],
  ])("%s of xterm's palette is %s", (colour, expected) => {
    expect(hex(colour)).toBe(expected);
  });

  test("that are none are the text's own", () => {
    const own = hex(-1);
    for (const wrong of [256, Number.NaN, 1.5, "red", "url(x)", "#12345"]) expect(hex(wrong)).toBe(own);
  });

  test("can always be read on their ground", () => {
    const colour = fc.oneof(
      fc.nat(255),
      fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`),
    );
    fc.assert(
      fc.property(colour, fc.oneof(colour, fc.constant(screenGround)), (text, ground) => {
        expect(contrast(readable(hex(text), hex(ground)), hex(ground))).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  test("that can be read already are left as they are", () => {
    expect(readable("#d78787", screenGround)).toBe("#d78787");
  });
});

describe("keys", () => {
  const key = (name: string, held: object = {}) =>
    ({ key: name, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held }) as KeyboardEvent;
  test.each([
    ["Enter", key("Enter"), "\r"],
    ["Esc", key("Escape"), "\x1b"],
    ["Tab", key("Tab"), "\t"],
    ["Shift-Tab", key("Tab", { shiftKey: true }), "\x1b[Z"],
    ["an arrow", key("ArrowUp"), "\x1b[A"],
    ["Ctrl-C", key("c", { ctrlKey: true }), "\x03"],
    ["Ctrl-Shift-O", key("O", { ctrlKey: true, shiftKey: true }), "\x0f"],
    ["Alt-B", key("b", { altKey: true }), "\x1bb"],
    ["Alt-Enter", key("Enter", { altKey: true }), "\x1b\r"],
  ])("are sent as a terminal does: %s", (_, event, codes) => {
    expect(keyCodes(event, false)).toBe(codes);
  });

  test.each([
    ["a letter, which comes as text", key("a")],
    ["a character that Option writes", key("ß", { altKey: true })],
    ["a character that AltGr writes", key("@", { ctrlKey: true, altKey: true })],
    ["Ctrl-V, which pastes", key("v", { ctrlKey: true })],
    ["⌘-C", key("c", { metaKey: true })],
    ["Shift alone", key("Shift", { shiftKey: true })],
    ["F5", key("F5")],
    ["a dead key", key("Dead")],
    ["Ctrl-]", key("]", { ctrlKey: true })],
  ])("stay with the browser: %s", (_, event) => {
    expect(keyCodes(event, false)).toBeUndefined();
    expect(keyCodes(event, true)).toBeUndefined();
  });

  const onMac = (name: string, code: string) => keyCodes(key(name, { altKey: true, code }), true);
  const german = [
    ["@", "KeyL"],
    ["[", "Digit5"],
    ["]", "Digit6"],
    ["{", "Digit8"],
    ["}", "Digit9"],
    ["|", "Digit7"],
    ["\\", "Digit7"],
    ["~", "KeyN"],
    ["#", "KeyN"],
  ] as const;
  test.each(german)("leave Option on a Mac to write %s", (name, code) => {
    expect(onMac(name, code)).toBeUndefined();
    expect(keyCodes(key(name, { altKey: true, code }), false)).toBe(`\x1b${name}`);
  });

  test("are Meta with Option where it writes nothing of its own", () => {
    expect(onMac("b", "KeyB")).toBe("\x1bb");
    expect(onMac("Backspace", "Backspace")).toBe("\x1b\x7f");
  });

  test("pasted text comes between marks that nothing in it can end", () => {
    expect(pasteCodes("one\r\ntwo\tthree\x1b[201~\x03")).toBe("\x1b[200~one\rtwo\tthree[201~\x1b[201~");
  });

  test("lead out of the terminal by Ctrl-]", () => {
    expect(leaves(key("]", { ctrlKey: true }))).toBe(true);
    expect(leaves(key("]"))).toBe(false);
  });
});

describe("the rows of a screen", () => {
  const lines = [[{ text: "one" }], [], [{ text: "  " }]];
  test("reach to the last that shows something, or to the cursor", () => {
    expect(usedRows({ lines, cursor: null })).toBe(1);
    expect(usedRows({ lines, cursor: { row: 1, col: 0 } })).toBe(2);
    expect(usedRows({ lines: [...lines, [{ text: " ", inverse: true }]], cursor: null })).toBe(4);
    expect(usedRows({ lines: [], cursor: null })).toBe(1);
  });

  test("are blank when none shows anything, wherever the cursor is", () => {
    expect(isBlank({ lines: [[], [{ text: "  " }]] })).toBe(true);
    expect(isBlank({ lines })).toBe(false);
  });
});
