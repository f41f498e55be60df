import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitCommand } from "../../../e2e/fake/iterm2/command-line.ts";
import { interpolate } from "../../../e2e/fake/iterm2/interpolated.ts";
import { commandLine, creation, named, plainly, titleCall } from "./profile.ts";

const read = (source: string) => interpolate(source, () => "an expression was run");
const seen = (text: string) => text.replace(/\p{Cc}+/gu, " ");

describe("texts that iTerm2 takes for templates", () => {
  const hostile = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom(..."\\()\"'$ab n\n") }));

  test("come out as they went in, and nothing in them is run", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(read(plainly(text))).toBe(seen(text));
      }),
    );
  });

  test("a command's words come out as they went in", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), (argv) => {
        expect(splitCommand(read(commandLine(argv)) ?? "")).toEqual(argv.map(seen));
      }),
    );
    expect(commandLine(["/bin/sh", "/home/me/.claude-team/run", "x"])).toBe("/bin/sh /home/me/.claude-team/run x");
  });

  test("a title keeps its quotes, and loses what 3.7's betas crash on", () => {
    const title = (text: string) => {
      const literal = /^iterm2\.set_title\(title: "((?:[^"\\]|\\.)*)"\)$/s.exec(titleCall(text))?.[1];
      return read(literal?.replace(/\\([\\"])/g, "$1") ?? "");
    };
    expect(title('say "hi" \\(x) \\')).toBe('say "hi" \\(x) \\');
    expect(title("a 👍 b é日")).toBe("a  b é日");
  });
});

describe("a worker's session", () => {
  const made = Object.fromEntries(
    creation({ name: "front \\(end)", mark: "worker-2", cwd: "/a b", argv: ["/bin/sh", "run"] }).map((property) => [
      property.key,
      JSON.parse(property.jsonValue),
    ]),
  );

  test("starts the command itself, in its directory, with nothing typed and nothing asked", () => {
    expect(made).toMatchObject({
      "Custom Command": "Yes",
      Command: "/bin/sh run",
      "Custom Directory": "Yes",
      "Working Directory": "/a b",
      "Initial Text": "",
      "Send Code When Idle": false,
      "Prompt Before Closing 2": 0,
      "Session Close Undo Timeout": 0,
    });
  });

  test("keeps its name, and shows it in a small badge", () => {
    expect(made).toMatchObject({
      Name: "front \\\\(end)",
      "Badge Text": "front \\\\(end)",
      "Allow Title Setting": false,
      "Badge Max Width": expect.closeTo(0.2),
    });
    expect(named("other")).toEqual([
      { key: "Name", jsonValue: '"other"' },
      { key: "Badge Text", jsonValue: '"other"' },
    ]);
  });

  test("has a colour of its own in both themes, however the profile keeps its colours", () => {
    for (const form of ["", " (Light)", " (Dark)"]) {
      expect(made[`Use Tab Color${form}`]).toBe(true);
      expect(made[`Tab Color${form}`]).toMatchObject({ "Color Space": "sRGB", "Alpha Component": 1 });
    }
    expect(made["Tab Color (Light)"]).not.toEqual(made["Tab Color (Dark)"]);
  });
});
