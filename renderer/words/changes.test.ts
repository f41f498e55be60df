import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeAsked, changesOf, inputOf } from "./changes.ts";

const json = (input: unknown) => JSON.stringify(input, null, 2);
const edit = { file_path: "/a/b.ts", old_string: 'say("old")\n', new_string: 'say("\tnew")\n' };

describe("what a tool call changes", () => {
  test("is read from its input", () => {
    expect(changesOf({ name: "Edit", input: json(edit) })).toEqual([
      { path: "/a/b.ts", before: 'say("old")\n', after: 'say("\tnew")\n', cut: false },
    ]);
    expect(changesOf({ name: "Write", input: json({ file_path: "/a", content: "x" }) })).toEqual([
      { path: "/a", before: "", after: "x", cut: false },
    ]);
    const edits = [edit, { ...edit, old_string: "1", new_string: "2" }];
    expect(changesOf({ name: "MultiEdit", input: json({ file_path: "/m", edits }) })).toMatchObject([
      { path: "/m", before: 'say("old")\n' },
      { path: "/m", before: "1", after: "2" },
    ]);
  });

  test("is nothing for other tools", () => {
    expect(changesOf({ name: "Bash", input: json({ command: "ls", file_path: "x" }) })).toBeUndefined();
    expect(changesOf({ name: "Edit", input: "nonsense" })).toBeUndefined();
  });

  test("is never made up from a text that looks like a key", () => {
    const content = '  "file_path": "/etc/passwd",\n  "content": "gone"';
    expect(changesOf({ name: "Write", input: json({ content, file_path: "/mine" }) })).toEqual([
      { path: "/mine", before: "", after: content, cut: false },
    ]);
  });

  test("is read as far as it goes from an input that was cut, wherever that was", () => {
    const whole = json({ file_path: "/a", content: 'é "q" \\ \u2028 \u0007 line\nline' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (end) => {
        const [change] = changesOf({ name: "Write", input: `${whole.slice(0, end)}…` }) ?? [];
        if (change) expect('é "q" \\ \u2028 \u0007 line\nline…').toContain(change.after.replace(/…$/, ""));
      }),
    );
  });

  test("is not shown as a mere deletion when what replaces it was cut off", () => {
    expect(changesOf({ name: "Edit", input: '{\n  "file_path": "/a",\n  "old_string": "x…' })).toBeUndefined();
  });
});

test("a command is shown as such, any other input as it is", () => {
  expect(inputOf({ name: "Bash", input: json({ command: "ls\ncd", timeout: 7 }) })).toEqual({
    code: "ls\ncd",
    language: "bash",
  });
  expect(inputOf({ name: "Grep", input: "{}" })).toEqual({ code: "{}", language: "json" });
});

describe("what a request would change", () => {
  test("is read back from its words", () => {
    expect(changeAsked({ tool: "Edit", detail: "/a.ts\n- one\n- - two\n+ three\n+ " })).toEqual({
      path: "/a.ts",
      before: "one\n- two",
      after: "three\n",
      cut: false,
    });
  });

  test("is left in its own words where they are of another shape", () => {
    expect(changeAsked({ tool: "Edit", detail: '{"file_path": 7}' })).toBeUndefined();
    expect(changeAsked({ tool: "Write", detail: "/a\n+ x\nodd" })).toBeUndefined();
    expect(changeAsked({ tool: "Bash", detail: "x\n+ y" })).toBeUndefined();
  });
});
