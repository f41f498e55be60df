import { expect, test } from "vitest";
import { hostBeside, tooTangled } from "./markdown.ts";

test.each([
  ["prose with a list and code", "- a\n  - b\n    - c\n\n> quote\n\n```\n[[[[x]]]]\n```", false],
  ["a thousand quotes in one another", `${">".repeat(1000)} x`, true],
  ["a list in a list in a list …", "- ".repeat(500), true],
  ["nothing but brackets", "[".repeat(5000), true],
  ["nothing but emphasis", "*a ".repeat(5000), true],
])("whether Markdown would take long to read is told: %s", (_, text, tangled) => {
  expect(tooTangled(text)).toBe(tangled);
});

test.each([
  ["https://example.com/a", "https://example.com/a"],
  ["https://example.com/a", "Example.com"],
  ["http://localhost:3000/x", "localhost:3000"],
  ["no address", "x"],
])("a link to %s that says %j needs no host beside it", (href, words) => {
  expect(hostBeside(href, words)).toBeUndefined();
});

test.each([
  ["https://evil.example/", "the docs", "evil.example"],
  ["https://evil.example/", "https://github.com/?evil.example", "evil.example"],
  ["https://evil.example/", "https://github.com/evil.example", "evil.example"],
  ["https://evil.example/", "github.com.evil.example", "evil.example"],
  ["https://github.com@evil.example/", "https://github.com@evil.example/", "evil.example"],
  ["https://t.co/", "not.co/", "t.co"],
])("a link to %s that says %j has its host beside it", (href, words, host) => {
  expect(hostBeside(href, words)).toBe(host);
});
