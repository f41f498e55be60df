import { describe, expect, test } from "vitest";
import { createEmulator, type Emulator } from "./emulator.ts";

function emulator(now: () => number = () => 0): Emulator {
  return createEmulator({ cols: 20, rows: 4, scrollback: 10, now, answer: () => undefined, drawn: () => undefined });
}

async function drawn(terminal: Emulator, output: string) {
  terminal.feed(output);
  await terminal.settled();
  return terminal.screen();
}

describe("cells", () => {
  test.each([
    ["latin", "aé", 2],
    ["a combining accent", "e\u0301", 1],
    ["Chinese and Korean", "日本한", 6],
    ["half-width kana", "ｶ", 1],
    ["Thai with marks", "ก็", 1],
    ["an emoji", "👍", 2],
    ["one newer than the addon's table", "🫠", 2],
    ["a skin tone", "👍🏽", 2],
    ["a family", "👨‍👩‍👧", 2],
    ["a joined couple with a style", "❤️‍🔥", 2],
    ["a symbol made an emoji", "❤️", 2],
    ["a key", "1️⃣", 2],
    ["a flag", "🇩🇪", 2],
    ["two flags and a half", "🇩🇪🇫🇷🇮", 5],
    ["a flag of tags", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2],
    ["box drawing", "─┌", 2],
    ["digits after an emoji", "👍12", 4],
  ])("of %s are counted as Claude Code counts them", async (_, text, width) => {
    const { lines, cursor } = await drawn(emulator(), `${text}|`);
    expect(lines[0]).toEqual([{ text: `${text}|` }]);
    expect(cursor).toEqual({ row: 0, col: width + 1 });
  });

  test("of a wide character that does not fit go to the next row together", async () => {
    const { lines } = await drawn(emulator(), `${"x".repeat(19)}👨‍👩‍👧`);
    expect(lines.slice(0, 2)).toEqual([[{ text: "x".repeat(19) }], [{ text: "👨‍👩‍👧" }]]);
  });

  test("that are hidden are blank, and half a wide character is none", async () => {
    expect((await drawn(emulator(), "a\x1b[8mxy\x1b[0mb日\x1b[1D\x1b[1Dc")).lines[0]).toEqual([{ text: "a  bc" }]);
  });
});

describe("a screen", () => {
  test("has its time from the last change, and the rev counts changes only", async () => {
    let time = 5;
    const terminal = emulator(() => time);
    const one = await drawn(terminal, "a");
    expect(one).toMatchObject({ rev: 1, at: 5 });
    time = 6;
    expect(await drawn(terminal, "\x1b[6n\ra")).toBe(one);
    time = 7;
    expect(await drawn(terminal, "b")).toMatchObject({ rev: 2, at: 7 });
    terminal.resize(30, 5);
    expect(terminal.screen()).toMatchObject({ rev: 3, cols: 30, rows: 5 });
  });

  test("is not half a frame, unless the frame is never finished", async () => {
    let time = 0;
    const terminal = emulator(() => time);
    const before = await drawn(terminal, "before");
    expect(await drawn(terminal, "\x1b[?2026h\x1b[2J\x1b[Hhalf")).toBe(before);
    expect((await drawn(terminal, " whole\x1b[?2026l")).lines[0]).toEqual([{ text: "half whole" }]);
    await drawn(terminal, "\x1b[?2026h\x1b[2J\x1b[Hstuck");
    time += 1000;
    expect(terminal.screen().lines[0]).toEqual([{ text: "stuck" }]);
  });

  test("is still there when nothing more can be drawn", async () => {
    const terminal = emulator();
    await drawn(terminal, "last");
    terminal.feed("never drawn");
    const waiting = terminal.settled();
    terminal[Symbol.dispose]();
    await waiting;
    terminal.feed("nor this");
    await terminal.settled();
    expect(terminal.screen().lines[0]).toEqual([{ text: "last" }]);
  });
});
