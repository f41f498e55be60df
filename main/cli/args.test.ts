import { describe, expect, test } from "vitest";
import { hostOf, modeOf, portOf, readCommandLine, shapes, terminalOf, UsageError } from "./args.ts";
import { help, usage } from "./help.ts";

describe("a command line", () => {
  test.each([
    [["list"], "list", [], {}],
    [["list", "--all", "--json"], "list", [], { all: true, json: true }],
    [["spawn", ".", "fix", "it", "--name", "a"], "spawn", [".", "fix", "it"], { name: "a" }],
    [["close", "api", "--force"], "close", ["api"], { force: true }],
    [["serve", "--port", "0", "--home=/a"], "serve", [], { port: "0", home: "/a" }],
    [["send", "api", "run", "the", "tests"], "send", ["api", "run", "the", "tests"], {}],
    [["send", "api", "--wait", "--", "--help", "-x"], "send", ["api", "--help", "-x"], { wait: true }],
    [["send", "api", "-"], "send", ["api", "-"], {}],
    [["answer", "api", "--choose", "A?=b", "--choose", "C?=d"], "answer", ["api"], { choose: ["A?=b", "C?=d"] }],
    [["wait", "a", "b", "--any"], "wait", ["a", "b"], { any: true }],
    [["rename", "api", "shop"], "rename", ["api", "shop"], {}],
    [["install", "-y"], "install", [], { yes: true }],
  ])("%j is read", (argv, command, words, flags) => {
    expect(readCommandLine(argv)).toEqual({ is: "command", command, args: { words, flags: { ...flags } } });
  });

  test.each([
    [["fly"], "there is no command fly"],
    [["statsu"], "there is no command statsu, the nearest is status"],
    [["spawn", ".", "--permision-mode", "plan"], "'--permision-mode', the nearest is --permission-mode"],
    [["constructor"], "there is no command constructor"],
    [["--json", "list"], "put the command before --json"],
    [["status"], "status needs WORKER"],
    [["spawn"], "spawn needs DIR [TASK…]"],
    [["close", "a", "b"], 'close does not take "b"'],
    [["send", "api"], "send needs WORKER TEXT…"],
    [["list", "api"], 'list does not take "api"'],
    [["list", "--port", "1"], "list: Unknown option '--port'"],
    [["serve", "--port"], "serve: Option '--port <value>' argument missing"],
    [["list", "--json=yes"], "list: Option '--json' does not take an argument"],
  ])("%j is refused: %s", (argv, why) => {
    expect(() => readCommandLine(argv)).toThrow(UsageError);
    expect(() => readCommandLine(argv)).toThrow(why);
  });

  test.each([[], ["help"], ["--help"], ["-h"]])("%j asks for help", (...argv) => {
    expect(readCommandLine(argv)).toEqual({ is: "help", command: null });
  });

  test("help of one command is asked for with --help, whatever else is missing", () => {
    expect(readCommandLine(["send", "--help"])).toEqual({ is: "help", command: "send" });
    expect(readCommandLine(["help", "send"])).toEqual({ is: "help", command: "send" });
  });

  test.each(["--version", "-v"])("%s asks for the version", (flag) => {
    expect(readCommandLine([flag])).toEqual({ is: "version" });
  });
});

describe("values", () => {
  test.each([
    ["0", 0],
    ["4517", 4517],
    ["65535", 65_535],
  ])("port %s", (port, number) => {
    expect(portOf({ port })).toBe(number);
  });

  test.each(["", "-1", "65536", "4517x", "1e3", "٣"])("no port: %j", (port) => {
    expect(() => portOf({ port })).toThrow(UsageError);
  });

  test("a terminal host is auto, iterm2, tmux or pty", () => {
    expect(terminalOf({ terminal: "pty" })).toBe("pty");
    expect(terminalOf({})).toBeUndefined();
    expect(() => terminalOf({ terminal: "screen" })).toThrow(UsageError);
  });

  test("one worker's host is left to the settings by auto", () => {
    expect([hostOf({ terminal: "tmux" }), hostOf({ terminal: "auto" }), hostOf({})]).toEqual([
      ...["tmux", undefined, undefined],
    ]);
  });

  test("a permission mode is one of Claude Code's, by our names", () => {
    expect(modeOf({ "permission-mode": "plan" })).toBe("plan");
    expect(() => modeOf({ "permission-mode": "default" })).toThrow(
      '--permission-mode takes manual, acceptEdits, plan, bypassPermissions, not "default"',
    );
  });
});

describe("help", () => {
  test("names every command, a line each", () => {
    const text = help(null);
    for (const command of Object.keys(shapes)) expect(text).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    expect(text.split("\n")).toHaveLength(Object.keys(shapes).length + 5);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  test("of a command names its flags", () => {
    expect(help("send")).toBe(`claude-team send WORKER TEXT…: send a message (TEXT - reads standard input)

  --wait           wait for the answer and print it
  --when-busy HOW  hold it until it is idle (as a rule), queue it, or interrupt first
  --command        let a leading / or ! act, as in /compact
  --json           one JSON value on standard output
  --home DIR       the folder of this team (default ~/.claude-team, or CLAUDE_TEAM_HOME)
  -h, --help       this text
`);
  });

  test("of a wrongly typed line is the usage of its command, or how to find all of them", () => {
    expect(usage("spawn")).toBe(
      "Usage: claude-team spawn DIR [TASK…] [--name NAME] [--model MODEL] [--permission-mode MODE] [--terminal HOST] [--wait] [--json] [--home DIR]",
    );
    expect(usage("mcp")).toBe("Usage: claude-team mcp [--home DIR]");
    for (const first of ["fly", "constructor", undefined]) expect(usage(first)).toBe("claude-team --help shows how.");
  });
});
