import { expect, test } from "vitest";
import { hostBeside } from "./markdown.ts";

test.each([
  ["https://example.com/a", "https://example.com/a"],
  ["https://example.com/a", "Example.com"],
  ["http://localhost:3000/x", "localhost:3000"],
])("a link to %s that says %j tells where it leads by itself", (href, words) => {
  expect(hostBeside(href, words)).toBeUndefined();
});

test.each([
  ["https://evil.example/", "the docs", "evil.example"],
  ["https://evil.example/", "https://github.com/?evil.example", "evil.example"],
  ["https://evil.example/", "https://github.com/evil.example", "evil.example"],
  ["https://evil.example/", "github.com.evil.example", "evil.example"],
  ["https://github.com@evil.example/", "https://github.com@evil.example/", "evil.example"],
  ["https://t.co/", "not.co/", "t.co"],
])("a link to %s that says %j does not, and its host is shown beside it", (href, words, host) => {
  expect(hostBeside(href, words)).toBe(host);
});
