import { describe, expect, test } from "vitest";
import { help, portOf, readCommandLine, shapes, terminalOf, UsageError } from "./args.ts";

describe("a command line", () => {
  test.each([
    [["list"], "list", [], {}],
    [["list", "--gone", "--json"], "list", [], { gone: true, json: true }],
    [["serve", "--port", "0", "--home=/a"], "serve", [], { port: "0", home: "/a" }],
    [["send", "api", "run", "the", "tests"], "send", ["api", "run", "the", "tests"], {}],
    [["send", "api", "--wait", "--", "--help", "-x"], "send", ["api", "--help", "-x"], { wait: true }],
    [["send", "api", "-"], "send", ["api", "-"], {}],
    [["answer", "api", "--choose", "A?=b", "--choose", "C?=d"], "answer", ["api"], { choose: ["A?=b", "C?=d"] }],
    [["install", "-y"], "install", [], { yes: true }],
  ])("%j is read", (argv, command, words, flags) => {
    expect(readCommandLine(argv)).toEqual({ is: "command", command, args: { words, flags: { ...flags } } });
  });

  test.each([
    [["fly"], "there is no command fly"],
    [["constructor"], "there is no command constructor"],
    [["--json", "list"], "put the command before --json"],
    [["status"], "status needs WORKER"],
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
});

describe("help", () => {
  test("names every command, in less than a screen", () => {
    const text = help(null);
    for (const command of Object.keys(shapes)) expect(text).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    expect(text.split("\n").length).toBeLessThan(25);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  test("of a command names its flags", () => {
    expect(help("send")).toBe(`claude-team send WORKER TEXT…: send a message (TEXT - reads standard input)

  --wait      wait for the answer and print it
  --command   let a leading / or ! act, as in /compact
  --json      one JSON value on standard output
  --home DIR  the folder of this team (default ~/.claude-team, or CLAUDE_TEAM_HOME)
  -h, --help  this text
`);
  });
});
