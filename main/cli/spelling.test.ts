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
    expect(spelling(["node", script, "list"], env)(said)).toBe(expected);
  });

  test.each([
    ["the name alone", "claude-team is not running"],
    ["Claude Code's own command about us", "claude mcp get claude-team"],
    ["what a program reads", '{"hint":"Run claude-team doctor."}\n'],
    ["a word that only begins like a command", "claude-team lists nothing"],
  ])("%s stays", (_, text) => {
    expect(spelling(["node", "/x/cli.js"], {})(text)).toBe(text);
  });

  test.each([
    [["list", "--home", "/h"], "claude-team doctor --home /h: it"],
    [["list", "--home=/h"], "claude-team doctor --home /h: it"],
    [["list", "--home"], "claude-team doctor: it"],
    [["list"], "claude-team doctor: it"],
  ])("for the home that %j is about", (typed, expected) => {
    expect(spelling(["node", "/bin/claude-team", ...typed], {})(said)).toContain(expected);
  });

  test("also where a home is named already", () => {
    const spelled = spelling(["node", "dist/main/cli.js", "demo"], { npm_command: "run-script" });
    expect(spelled("later: claude-team open --home /other)")).toBe("later: npx claude-team open --home /other)");
  });

  test("names the home once, and none where there is no command", () => {
    const spelled = spelling(["node", "/bin/claude-team", "list", "--home", "/h"], {});
    const text = "claude-team open --home /other\nclaude-team --help";
    expect(spelled(text)).toBe(text);
  });
});
