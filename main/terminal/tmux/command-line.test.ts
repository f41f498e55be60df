import { expect, test } from "vitest";
import { isAtLeast } from "./binary.ts";
import { commandLine, plain } from "./command-line.ts";
import { readReport } from "./opening.ts";
import { readPanes } from "./pane.ts";
import { typing } from "./typing.ts";

test.each([
  [[["list-panes", "-a"]], "list-panes -a"],
  [[["a", "b c"], ["d"]], 'a "b c" ; d'],
  [[["a", ""]], 'a ""'],
  [[["a", "'\"\\$HOME~;{}#"]], 'a "\'\\"\\\\\\$HOME\\~;{}#"'],
  [[["a", "x\ny\u001b\u007f"]], 'a "x\\012y\\033\\177"'],
  [[["a", "é日👍"]], 'a "é日👍"'],
] as const)("%j is written as one line", (commands, line) => {
  expect(commandLine(commands)).toBe(line);
});

test("a text keeps its number signs where tmux reads formats", () => {
  expect(plain("a #{pid} ## #[bold] ##[x #")).toBe("a ##{pid} #### #[bold] ##[x ##");
});

test("a text is pasted in one piece but for its NULs, and as it is also by a tmux that would make it harmless", () => {
  const [first, nul, last] = typing("a\n\0\0b", "%1", "3.6a");
  expect(first).toEqual([
    ["set-buffer", "-b", "claude-team-typing", "--", "a\n"],
    ["paste-buffer", "-d", "-r", "-b", "claude-team-typing", "-t", "%1"],
  ]);
  expect(nul).toEqual([["send-keys", "-t", "%1", "-H", "0", "0"]]);
  expect(last).toHaveLength(2);
  expect(typing("a", "%1", "next-3.7")[0]?.[1]).toContain("-S");
  expect(typing("", "%1", "3.3a")).toEqual([]);
});

test.each([
  ["3.0a", false],
  ["2.9", false],
  ["3.1", true],
  ["3.1c", true],
  ["3.10", true],
  ["next-3.7", true],
  ["4.0", true],
  ["openbsd-7.8", true],
  ["master", true],
])("tmux %s is new enough: %s", (version, is) => {
  expect(isAtLeast(version, [3, 1])).toBe(is);
});

test("panes are ours by our name for them, once each, with the code that their wrapper reported", () => {
  const rows = [
    "%0 @0 10 control - control",
    "%1 @1 11 control w-1 a name",
    "%1 @1 11 own w-1 a name",
    "%2 @2 12 own w-2 w-2 ended 137",
    "%3 @3 13 control w-3 w-1 ended 1",
    "%4 @4 14 own - a person's",
    "",
  ];
  expect(readPanes(rows)).toEqual([
    { name: "w-1", id: "%1", window: "@1", pid: 11, code: undefined, orphaned: false },
    { name: "w-2", id: "%2", window: "@2", pid: 12, code: 137, orphaned: false },
    { name: "w-3", id: "%3", window: "@3", pid: 13, code: undefined, orphaned: true },
  ]);
});

test.each(["w-1 ended ", "w-1 ended x", "w-1 ended 1234", "w-2 ended 0", "", "w-1"])(
  "a window called %j reports nothing of w-1",
  (name) => {
    expect(readReport(name, "w-1")).toBeUndefined();
  },
);
