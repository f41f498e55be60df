import { describe, expect, test } from "vitest";
import { spelling } from "./spelling.ts";

const said = "Run claude-team doctor: it names what is missing.";

describe("a command in a message is written as it runs here", () => {
  test.each([
    ["installed", "/usr/bin/claude-team", {}, "Run claude-team doctor: it names what is missing."],
    ["through npx", "/p/node_modules/.bin/claude-team", { npm_command: "exec" }, said.replace("claude", "npx claude")],
    ["by npm start", "dist/main/cli.js", { npm_command: "run-script" }, said.replace("claude", "npx claude")],
    [
      "by node",
      "/my code/dist/main/cli.js",
      {},
      "Run node '/my code/dist/main/cli.js' doctor: it names what is missing.",
    ],
  ])("%s", (_, script, env, expected) => {
    expect(spelling(script, env)(said)).toBe(expected);
  });

  test.each([
    ["the name alone", "claude-team is not running"],
    ["Claude Code's own command about us", "claude mcp get claude-team"],
    ["what a program reads", '{"hint":"Run claude-team doctor."}\n'],
    ["a word that only begins like a command", "claude-team lists nothing"],
  ])("%s stays", (_, text) => {
    expect(spelling("/x/cli.js", {})(text)).toBe(text);
  });
});
