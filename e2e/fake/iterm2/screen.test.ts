import { expect, test } from "vitest";
import { LineContents_Continuation as Continuation } from "../../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { connected, running, shows, simulator } from "./harness.ts";
import { createScreen } from "./screen.ts";

async function drawn(output: string, { cols = 10, rows = 4, scrollback = 5 } = {}) {
  const answers: string[] = [];
  const screen = createScreen({ cols, rows }, scrollback, (text) => answers.push(text));
  screen.feed(output);
  await screen.settled();
  const top = screen.overflow + screen.history;
  return { screen, answers, rows: screen.lines(top, top + rows) };
}

const counts = (
  line:
    | { codePointsPerCell?: readonly { numCodePoints?: number | undefined; repeats?: number | undefined }[] }
    | undefined,
) => line?.codePointsPerCell?.map(({ numCodePoints, repeats }) => [numCodePoints, repeats]);

test("a row never written to is empty, written blanks stay, others in between are NUL", async () => {
  const { rows } = await drawn("ab  \r\n\x1b[3Cx\x1b[2Cy\r\n");
  expect(rows.map(({ text }) => text)).toEqual(["ab  ", "\0\0\0x\0\0y", "", ""]);
  expect(counts(rows[1])).toEqual([[1, 7]]);
  expect(rows[2]).toMatchObject({ continuation: Continuation.HARD_EOL });
});

test("a wide character is followed by a cell without code points, counts are UTF-16 units", async () => {
  const { rows } = await drawn("a日👍e\u0301z");
  expect(rows[0]?.text).toBe("a日👍e\u0301z");
  expect(counts(rows[0])).toEqual([
    [1, 2],
    [0, 1],
    [2, 1],
    [0, 1],
    [2, 1],
    [1, 1],
  ]);
});

test("a long line goes on in the next row, and a wide character that did not fit leaves a filler", async () => {
  const { rows } = await drawn("123456789日x");
  expect(rows[0]).toMatchObject({ text: "123456789", continuation: Continuation.SOFT_EOL });
  expect(counts(rows[0])).toEqual([
    [1, 9],
    [0, 1],
  ]);
  expect(rows[1]).toMatchObject({ text: "日x", continuation: Continuation.HARD_EOL });
});

test("a tab over blank cells is a character, and one over text is none", async () => {
  const { rows } = await drawn("a\tb\r\x1b[1B123\r\t.");
  expect(rows[0]?.text).toBe("a\tb");
  expect(counts(rows[0])).toEqual([
    [1, 2],
    [0, 6],
    [1, 1],
  ]);
  expect(rows[1]?.text).toBe("123\0\0\0\0\0.");
});

test("tells colours and marks in runs", async () => {
  const { rows } = await drawn("ab\x1b[1;31mc\x1b[0;3;38;2;1;2;3;48;5;200md\x1b[m");
  expect(rows[0]?.style).toEqual([
    { repeats: 2, foreground: { case: "fgAlternate", value: 0 }, background: { case: "bgAlternate", value: 0 } },
    {
      repeats: 1,
      bold: true,
      foreground: { case: "fgStandard", value: 1 },
      background: { case: "bgAlternate", value: 0 },
    },
    {
      repeats: 1,
      italic: true,
      foreground: { case: "fgRgb", value: { red: 1, green: 2, blue: 3 } },
      background: { case: "bgStandard", value: 200 },
    },
  ]);
});

test("numbers lines from the first one ever, also when the oldest are gone", async () => {
  const { screen } = await drawn(Array.from({ length: 20 }, (_, n) => `line ${n}`).join("\r\n"));
  expect(screen).toMatchObject({ overflow: 11, history: 5, cursor: { x: 7, y: 19 } });
  expect(screen.lines(0, 13).map(({ text }) => text)).toEqual(["line 11", "line 12"]);
  expect(screen.lines(19, 30).map(({ text }) => text)).toEqual(["line 19"]);
});

test("a cursor behind the last column stands beside the screen; the other screen has no history of its own", async () => {
  const { screen } = await drawn("1\r\n2\r\n3\r\n4\r\n5\x1b[?1049h\x1b[H0123456789");
  expect(screen).toMatchObject({ isAlternate: true, history: 1, cursor: { x: 10 } });
  expect(screen.lines(0, 5).map(({ text }) => text)[0]).toBe("1");
});

test("says who it is when a program asks", async () => {
  const { answers } = await drawn("\x1b[>q");
  expect(answers).toEqual(["\x1bP>|iTerm2 3.6.11\x1b\\"]);
});

test("GetBuffer tells the screen with its place, its cursor, and styles only when asked", async () => {
  const client = await connected(await simulator({ profile: { Columns: 20, Rows: 5 } }));
  const session = await running(
    client,
    "i=0; while [ $i -lt 9 ]; do i=$((i+1)); echo row $i; done; printf 'end '; exec cat",
  );
  const buffer = await shows(client, session, (rows) => rows.includes("end "));
  expect(buffer.contents.map(({ text }) => text)).toEqual(["row 6", "row 7", "row 8", "row 9", "end "]);
  expect(buffer.windowedCoordRange?.coordRange).toMatchObject({ start: { x: 0, y: 5n }, end: { x: 0, y: 10n } });
  expect(buffer.cursor).toMatchObject({ x: 4, y: 9n });
  expect(buffer.contents[0]?.style).toHaveLength(1);
  const trailing = await client.call("getBuffer", { session, lineRange: { trailingLines: 2 } });
  expect(trailing.contents.map(({ text, style }) => [text, style])).toEqual([
    ["row 9", []],
    ["end ", []],
  ]);
  const coordRange = { start: { x: 0, y: 1n }, end: { x: 0, y: 3n } };
  const windowed = await client.call("getBuffer", { session, lineRange: { windowedCoordRange: { coordRange } } });
  expect(windowed.contents.map(({ text }) => text)).toEqual(["row 2", "row 3"]);
  const { jsonValue } = await client.call("getProperty", {
    identifier: { case: "sessionId", value: session },
    name: "number_of_lines",
  });
  expect(JSON.parse(jsonValue ?? "")).toEqual({ overflow: 0, grid: 5, history: 5, first_visible: 5 });
});
