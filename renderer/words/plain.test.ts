import { expect, test } from "vitest";
import { exact, plain } from "./plain.ts";

test.each([
  ["plain text with a tab and lines", "a\tb\nc é 漢 👍🏽", "a\tb\nc é 漢 👍🏽"],
  ["colours", "\x1b[1;31mred\x1b[0m \x1b[38;5;4mblue", "red blue"],
  ["a link of a terminal", "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"],
  ["a title that never ends", "a\x1b]0;owned", "a"],
  ["line ends of other systems", "a\r\nb\rc", "a\nb\nc"],
  ["text that is turned around", "safe\u202etxt.exe", "safe\\u{202e}txt.exe"],
  ["a pile of marks", `Z${"\u0301".repeat(5000)}x`, `Z${"\u0301".repeat(10)}x`],
  ["a bell", "a\x07", "a\\u{7}"],
])("%s", (_, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test("what is decided on is left whole", () => {
  expect(exact("rm \x1b[8m-rf /\x1b[0m\r\n\u202eok")).toBe("rm \\u{1b}[8m-rf /\\u{1b}[0m\\u{d}\n\\u{202e}ok");
});

test("what is decided on shows also what takes no room", () => {
  expect(exact("rm a\u200bb\u2060c\ufeffd\u{e0041}e\u00adf\u3164g")).toBe(
    "rm a\\u{200b}b\\u{2060}c\\u{feff}d\\u{e0041}e\\u{ad}f\\u{3164}g",
  );
  expect(exact("done ✔\ufe0f 👩\u200d💻 می\u200cخواهم")).toBe("done ✔\ufe0f 👩\u200d💻 می\u200cخواهم");
});
