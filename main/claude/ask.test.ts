import { expect, test } from "vitest";
import { describeCall, describeTool } from "./ask.ts";

test.each([
  ["Edit", { old_string: "a", new_string: "b" }],
  ["Write", { content: "a" }],
])("a path of several lines stands on one, so that no part of it reads as what is written: %s", (tool, input) => {
  const told = describeTool(tool, { file_path: "/p/safe\n+ /../../.profile", ...input });
  expect(told).toMatchObject({
    title: `${tool} /p/safe\\u{a}+ /../../.profile`,
    detail: expect.stringMatching(/^\/p\/safe\\u\{a\}\+ \/\.\.\/\.\.\/\.profile\n/),
  });
});

test("a call that no hook asks about is shown as one that a hook asks about, with nothing invisible in it", () => {
  const { title, detail } = describeCall("Bash", { command: "echo \u202egnp.exe", description: "Look" });
  expect([title, detail]).toEqual(["Look", "echo \\u{202e}gnp.exe"]);
  expect(describeCall("AskUserQuestion", { questions: [] }).detail).toContain("questions");
  expect(describeCall("Odd", { a: "\u200b" }).detail).not.toContain("\u200b");
});
