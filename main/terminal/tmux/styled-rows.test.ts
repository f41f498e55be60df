import { expect, test } from "vitest";
import { createRowReader } from "./styled-rows.ts";

test.each([
  ["plain text", "a b  ", [{ text: "a b" }]],
  ["nothing", "   ", []],
  ["a blank end that shows", "a \x1b[41m  \x1b[49m  ", [{ text: "a " }, { text: "  ", bg: 1 }]],
  [
    "colours of every kind",
    "\x1b[31ma\x1b[95mb\x1b[38;5;200mc\x1b[38;2;1;2;255md\x1b[48:2::250:0:1me\x1b[39;49mf",
    [
      { text: "a", fg: 1 },
      { text: "b", fg: 13 },
      { text: "c", fg: 200 },
      { text: "d", fg: "#0102ff" },
      { text: "e", fg: "#0102ff", bg: "#fa0001" },
      { text: "f" },
    ],
  ],
  [
    "marks on and off",
    "\x1b[1;2;3;4;7;9ma\x1b[22;27mb\x1b[23;24;29mc",
    [
      { text: "a", bold: true, dim: true, italic: true, underline: true, inverse: true, strike: true },
      { text: "b", italic: true, underline: true, strike: true },
      { text: "c" },
    ],
  ],
  [
    "a curly and coloured underline",
    "\x1b[4:3;58;2;9;9;9ma\x1b[4:0mb",
    [{ text: "a", underline: true }, { text: "b" }],
  ],
  ["hidden text", "a\x1b[8m日x\x1b[28mb", [{ text: "a   b" }]],
  ["lines drawn with letters", "\x0elqk\x0f lqk", [{ text: "┌─┐ lqk" }]],
  ["a link", "\x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\ there", [{ text: "here there" }]],
  ["a tab", "日\t|", [{ text: "日      |" }]],
  ["styles that change nothing", "a\x1b[0mb\x1b[1m\x1b[0mc", [{ text: "abc" }]],
])("reads %s", (_, row, runs) => {
  expect(createRowReader()([row])).toEqual([runs]);
});

test("a style goes on in the next row", () => {
  expect(createRowReader()(["\x1b[32ma", "b\x1b[0m", "c"])).toEqual([
    [{ text: "a", fg: 2 }],
    [{ text: "b", fg: 2 }],
    [{ text: "c" }],
  ]);
});

test("a row that is the same as before is the same runs, unless the style before it is another", () => {
  const read = createRowReader();
  const [one, two, three] = read(["\x1b[32ma\x1b[0m", "b", "c"]);
  const again = read(["\x1b[32mA", "b\x1b[0m", "c"]);
  expect(again).toEqual([[{ text: "A", fg: 2 }], [{ text: "b", fg: 2 }], [{ text: "c" }]]);
  expect(again[2]).toBe(three);
  const back = read(["\x1b[32ma\x1b[0m", "b"]);
  expect(back).toEqual([one, two]);
});
