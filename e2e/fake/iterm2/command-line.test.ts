import { homedir } from "node:os";
import { expect, test } from "vitest";
import { splitCommand } from "./command-line.ts";
import { interpolate, partsOf } from "./interpolated.ts";
import { parseInvocation } from "./invocation.ts";

test.each([
  ["foo  bar ", ["foo", "bar"]],
  [String.raw`foo\ bar a\n`, ["foo bar", "a\n"]],
  [`"foo  bar" 'a "b"' ""`, ["foo  bar", 'a "b"', ""]],
  [String.raw`"a\"b\\c\q"`, [String.raw`a"b\c\q`]],
  [String.raw`'a\nb\q'`, ["a\nb\\q"]],
  [String.raw`foo'\''bar'`, [String.raw`foo\bar`]],
  ['foo" bar', ["foo bar"]],
  ["foo\\", ["foo"]],
  [`~/x a~ "~" \\~`, [`${homedir()}/x`, "a~", "~", "~"]],
  ["$$$$ $$NAME$$ $HOME *", ["$$", "$HOME", "*"]],
])("splits %j as iTerm2 does", (command, words) => {
  expect(splitCommand(command)).toEqual(words);
});

test.each([
  [String.raw`a\\b\tc\q\u0041\e`, "a\\b\tc\\qA\x1b"],
  [String.raw`\\(x)`, String.raw`\(x)`],
  [String.raw`a\(name)b`, "awellb"],
  [String.raw`\(f("a)\"("))`, undefined],
  [String.raw`\(open`, String.raw`\(open`],
])("interpolates %j", (source, text) => {
  expect(interpolate(source, (name) => ({ name: "well" })[name])).toBe(text);
});

test("an expression may hold strings and parentheses", () => {
  expect(partsOf(String.raw`\(f("a)", g(1)))!`)).toEqual([{ expression: 'f("a)", g(1))' }, { literal: "!" }]);
});

test("calls of functions have named literals as arguments", () => {
  const given = { title: 'a "b", c: \\', n: -1.5, on: true };
  expect(parseInvocation(String.raw`iterm2.f(title: "a \"b\", c: \\", n: -1.5, on: true)`)).toEqual({
    name: "iterm2.f",
    given,
  });
  expect(parseInvocation("f()")).toEqual({ name: "f", given: {} });
  for (const wrong of ["f", "f(a)", "f(a: b)", 'f(a: "b" c: 1)', "f(a: 1"])
    expect(parseInvocation(wrong)).toBeUndefined();
});
