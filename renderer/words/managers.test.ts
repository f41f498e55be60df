import { expect, test } from "vitest";
import type { Check } from "../../contract/check.ts";
import { leadOf } from "./managers.ts";

const entry = (patch: Partial<Check> = {}): Check => ({
  name: "entry",
  state: "ok",
  fact: "",
  fix: null,
  entry: "claude-team-demo",
  ...patch,
});

test("who leads is told in words, and nothing is to be done then", () => {
  expect(leadOf(1, entry())).toEqual({ fact: "A manager is connected", step: undefined });
  expect(leadOf(3, entry({ state: "note" }))).toEqual({ fact: "3 managers are connected", step: undefined });
});

test("what to type is told only where Claude Code has the entry, and by the name that it has there", () => {
  expect(leadOf(0, entry()).step).toEqual({ is: "reconnect", keys: "/mcp reconnect claude-team-demo" });
  expect(leadOf(0, entry({ state: "note" })).step).toEqual({ is: "setup" });
  expect(leadOf(0, undefined)).toEqual({ fact: "No manager is connected", step: undefined });
});
