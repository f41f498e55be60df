import { expect, test } from "vitest";
import { describeTool } from "./ask.ts";

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
