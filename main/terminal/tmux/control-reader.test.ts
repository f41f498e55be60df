import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createControlReader, type Said } from "./control-reader.ts";

function read(...pieces: Buffer[]): Said[] {
  const said: Said[] = [];
  const reader = createControlReader((one) => said.push(one));
  for (const piece of pieces) reader(piece);
  return said;
}

const stream = `%begin 17 1 0
of its own command line
%end 17 1 0
%session-changed $1 claude-team-1
%begin 17 2 1
日本 👍 é
%end 17 1 1
%output %3 is no notice here

%end 17 2 1
%output %12 a\\033[1mb 日本
%begin 17 3 1
can't find pane: %9
%error 17 3 1
%unlinked-window-renamed @5 a name with spaces
%sessions-changed
`;
const said: Said[] = [
  { is: "notice", name: "session-changed", rest: "$1 claude-team-1" },
  { is: "reply", ok: true, lines: ["日本 👍 é", "%end 17 1 1", "%output %3 is no notice here", ""] },
  { is: "output", pane: "%12" },
  { is: "reply", ok: false, lines: ["can't find pane: %9"] },
  { is: "notice", name: "unlinked-window-renamed", rest: "@5 a name with spaces" },
  { is: "notice", name: "sessions-changed", rest: "" },
];

describe("what tmux says in control mode", () => {
  test("is replies to us, notices, and that a pane wrote something", () => {
    expect(read(Buffer.from(stream))).toEqual(said);
  });

  test("is the same wherever it was cut, also inside a character", () => {
    const bytes = Buffer.from(stream);
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (given) => {
        const at = [0, ...given.sort((a, b) => a - b), bytes.length];
        expect(read(...at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toEqual(said);
      }),
    );
  });

  test("is not ended by half a character that a pane wrote", () => {
    const half = Buffer.concat([
      Buffer.from("%output %1 "),
      Buffer.from("日").subarray(0, 2),
      Buffer.from("\n%exit\n"),
    ]);
    expect(read(half)).toEqual([
      { is: "output", pane: "%1" },
      { is: "notice", name: "exit", rest: "" },
    ]);
  });
});
