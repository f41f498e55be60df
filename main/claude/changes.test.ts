import { describe, expect, test } from "vitest";
import { describeCall, describeTool } from "./ask.ts";
import { changesOf } from "./changes.ts";

const path = "/p/a.ts";
const edit = { file_path: path, old_string: "- a\n", new_string: "+ b" };

describe("what a file tool would change", () => {
  test.each<[string, unknown, unknown]>([
    ["Edit", edit, [{ path, before: "- a\n", after: "+ b" }]],
    ["Edit", { ...edit, replace_all: "yes" }, [{ path, before: "- a\n", after: "+ b" }]],
    ["Write", { file_path: path, content: "x\ny" }, [{ path, before: "", after: "x\ny" }]],
    [
      "MultiEdit",
      { file_path: path, edits: [edit, { old_string: "", new_string: "c" }] },
      [
        { path, before: "- a\n", after: "+ b" },
        { path, before: "", after: "c" },
      ],
    ],
    ["MultiEdit", { file_path: path, edits: [] }, undefined],
    ["Edit", { file_path: 7 }, undefined],
    ["Write", null, undefined],
    ["Bash", { command: "rm a", file_path: path, content: "x" }, undefined],
  ])("%s %j", (tool, input, changes) => {
    expect(changesOf(tool, input)).toEqual(changes);
  });

  test("has nothing invisible in it, and its path stands on one line", () => {
    const input = { file_path: "/p/a\n/etc/passwd", content: "if (admin\u202e) {\u200b}\u0007" };
    expect(changesOf("Write", input)).toEqual([
      { path: "/p/a\\u{a}/etc/passwd", before: "", after: "if (admin\\u{202e}) {\\u{200b}}\\u{7}" },
    ]);
  });

  test("is left to the request's words when it is too long to stand in the state, never cut", () => {
    const content = (length: number) => ({ file_path: path, content: "x".repeat(length) });
    expect(changesOf("Write", content(99_000))?.[0]?.after).toHaveLength(99_000);
    const told = describeTool("Write", content(100_001));
    expect(told).not.toHaveProperty("changes");
    expect(told).toMatchObject({ detail: expect.stringContaining("more characters") });
  });

  test("stands in the request, whether or not a hook asks", () => {
    expect(describeTool("Edit", edit)).toMatchObject({ changes: [{ path }] });
    expect(describeCall("Edit", edit)).toMatchObject({ changes: [{ path }] });
    expect(describeTool("Bash", { command: "ls" })).not.toHaveProperty("changes");
  });
});
