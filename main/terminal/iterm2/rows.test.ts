import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { toRuns, toShown } from "./rows.ts";
import { CellStyle_Alternate, CellStyle_Image, GetBufferResponseSchema, LineContentsSchema } from "./wire/iterm2_pb.ts";

type Line = MessageInitShape<typeof LineContentsSchema>;
const runs = (line: Line) => toRuns(create(LineContentsSchema, line));
/** One run-length group a cell. */
const cells = (...counts: number[]) => counts.map((numCodePoints) => ({ numCodePoints, repeats: 1 }));
const common = {
  foreground: { case: "fgAlternate", value: CellStyle_Alternate.DEFAULT },
  background: { case: "bgAlternate", value: CellStyle_Alternate.DEFAULT },
} as const;

describe("cells", () => {
  test.each([
    ["an empty row", { text: "" }, []],
    ["letters", { text: "abc", codePointsPerCell: [{ numCodePoints: 1, repeats: 3 }] }, "abc"],
    ["a count that is left out", { text: "abc", codePointsPerCell: [{ repeats: 3 }] }, "abc"],
    ["never written cells", { text: "\0\0\0b", codePointsPerCell: [{ repeats: 4 }] }, "   b"],
    ["wide characters", { text: "日本x", codePointsPerCell: cells(1, 0, 1, 0, 1) }, "日本x"],
    [
      "characters of two units and what combines",
      { text: "👍e\u0301x", codePointsPerCell: cells(2, 0, 2, 1) },
      "👍e\u0301x",
    ],
    ["a tab and its fill", { text: "a\tb", codePointsPerCell: cells(1, 1, 0, 0, 1) }, "a   b"],
    ["a wide character that went to the next row", { text: "ab", codePointsPerCell: cells(1, 1, 0) }, "ab"],
    ["blank ends", { text: "a  \0", codePointsPerCell: cells(1, 1, 1, 1) }, "a"],
    ["text without cells", { text: "a\0b " }, "a b"],
  ] as [string, Line, string | []][])("of %s", (_, line, text) => {
    expect(runs(line)).toEqual(text === "" || Array.isArray(text) ? [] : [{ text }]);
  });
});

describe("styles", () => {
  test("of the palette, true colours and marks make runs; equal neighbours make one", () => {
    const line: Line = {
      text: "abcdef",
      codePointsPerCell: [{ repeats: 6 }],
      style: [
        { ...common, repeats: 1 },
        { ...common, repeats: 1, bold: false },
        { foreground: { case: "fgStandard", value: 1 }, background: common.background, bold: true, repeats: 1 },
        {
          foreground: { case: "fgRgb", value: { red: 1, green: 2, blue: 3 } },
          background: { case: "bgRgb", value: { red: 250, green: 251, blue: 252 } },
          repeats: 1,
        },
        { ...common, faint: true, italic: true, underline: true, inverse: true, strikethrough: true, repeats: 2 },
      ],
    };
    expect(runs(line)).toEqual([
      { text: "ab" },
      { text: "c", fg: 1, bold: true },
      { text: "d", fg: "#010203", bg: "#fafbfc" },
      { text: "ef", dim: true, italic: true, underline: true, inverse: true, strike: true },
    ]);
  });

  test("that show on blank cells keep them", () => {
    const red = { foreground: common.foreground, background: { case: "bgStandard", value: 1 } } as const;
    const line: Line = {
      text: "a  ",
      codePointsPerCell: [{ repeats: 3 }],
      style: [{ repeats: 1 }, { ...red, repeats: 1 }, { repeats: 1 }],
    };
    expect(runs(line)).toEqual([{ text: "a" }, { text: " ", bg: 1 }]);
  });

  test("of hidden cells and images leave blanks", () => {
    const line: Line = {
      text: "axyb",
      codePointsPerCell: [{ repeats: 3 }, { numCodePoints: 0, repeats: 2 }, { repeats: 1 }],
      style: [
        { repeats: 1 },
        { invisible: true, repeats: 2 },
        { image: CellStyle_Image.ITERM2, repeats: 2 },
        { repeats: 1 },
      ],
    };
    expect(runs(line)).toEqual([{ text: "a    b" }]);
  });
});

test("the cursor's row counts from the top of the screen, however long the history is", () => {
  const shown = toShown(
    create(GetBufferResponseSchema, {
      contents: [{ text: "" }, { text: "" }],
      cursor: { x: 3, y: 1001n },
      windowedCoordRange: { coordRange: { start: { x: 0, y: 1000n }, end: { x: 0, y: 1002n } } },
    }),
  );
  expect(shown).toEqual({ lines: [[], []], cursor: { row: 1, col: 3 } });
  expect(toShown(create(GetBufferResponseSchema, { contents: [] })).cursor).toBeNull();
});
