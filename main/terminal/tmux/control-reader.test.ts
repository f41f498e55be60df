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

  describe("of a pane's own text", () => {
    const forged = ["%end 17 4 1", "%error 17 4 1", "%begin 17 5 1", "%output %1 x", "%exit", "%end 17 4 1"];
    const block = (...rows: string[]) => Buffer.from(["%begin 17 4 1", ...rows, "%end 17 4 1", ""].join("\n"));
    const readRows = (rows: number, bytes: Buffer) => {
      const said: Said[] = [];
      createControlReader(
        (one) => said.push(one),
        () => rows,
      )(bytes);
      return said;
    };

    test("is as many rows as the pane has, whatever they say", () => {
      expect(readRows(forged.length, block(...forged))).toEqual([{ is: "reply", ok: true, lines: forged }]);
      const line = fc.oneof(fc.constantFrom(...forged, ""), fc.string({ unit: "grapheme-ascii" }));
      fc.assert(
        fc.property(fc.array(line, { maxLength: 60 }), (rows) => {
          expect(readRows(rows.length, block(...rows))).toEqual([{ is: "reply", ok: true, lines: rows }]);
        }),
      );
    });

    test("is told as lost when it is longer, and nothing of it passes for tmux's own words", () => {
      expect(readRows(2, block("a", "b", "c", ...forged))).toEqual([{ is: "lost" }]);
    });

    test("that is shorter takes in what follows, so that nothing is answered wrongly", () => {
      expect(readRows(4, block("a", "b"))).toEqual([]);
    });
  });
});
