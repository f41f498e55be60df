import fc from "fast-check";
import { expect, test } from "vitest";
import { linkAmong, workerOfLink } from "./deep-link.ts";

test("a link names a worker, and nothing else", () => {
  expect(workerOfLink("claude-team://worker/worker-12")).toBe("worker-12");
  expect(workerOfLink("claude-team://worker/worker-12/")).toBe("worker-12");
});

test.each([
  "claude-team://worker/worker-0",
  "claude-team://worker/worker-01",
  "claude-team://worker/worker-1234567890",
  "claude-team://worker/worker-1#x",
  "claude-team://worker/worker-1?answer=allow",
  "claude-team://worker/worker-1\n",
  "claude-team://worker/worker-1/close",
  "claude-team://worker/%77orker-1",
  "claude-team://user@worker/worker-1",
  "claude-team:worker/worker-1",
  "claude-team://answer/worker-1",
  "https://worker/worker-1",
  " claude-team://worker/worker-1",
  "",
])("%j is not one", (link) => {
  expect(workerOfLink(link)).toBeUndefined();
});

test("whatever comes, what is taken out of it is a worker's id", () => {
  const near = fc.tuple(fc.constantFrom("", "claude-team://worker/", "claude-team://worker/worker-"), fc.string());
  fc.assert(
    fc.property(near, ([start, rest]) => {
      expect(workerOfLink(start + rest) ?? "worker-1").toMatch(/^worker-[1-9]\d*$/);
    }),
  );
});

test("only the last argument of a start can be a link", () => {
  expect(linkAmong(["/opt/claude-team", "--flag", "claude-team://worker/worker-1"])).toBe(
    "claude-team://worker/worker-1",
  );
  expect(linkAmong(["claude-team://worker/worker-1", "--flag"])).toBeUndefined();
  expect(linkAmong([])).toBeUndefined();
});
