import { describe, expect, test } from "vitest";
import { fillerText, groupAnswers, parseDirectives, unwrapInner } from "./directives.ts";

const kinds = (prompt: string) => groupAnswers(parseDirectives(prompt)).map((answer) => answer.map(({ kind }) => kind));

describe("directives", () => {
  test("are read out of any text, with their arguments whole", () => {
    const [first, second] = parseDirectives(
      "please [[text:two\nlines: yes]] and [[cut]], not [[nonsense:1]] or [[ text ]]",
    );
    expect(first).toEqual({ kind: "text", argument: "two\nlines: yes", times: null, joins: false });
    expect(second).toMatchObject({ kind: "cut", argument: "" });
    expect(parseDirectives("[[nonsense]] nothing here")).toEqual([]);
  });

  test("say how often they happen", () => {
    expect(
      parseDirectives("[[err:529*2]][[cut*1]][[err:401]]").map(({ argument, times }) => [argument, times]),
    ).toEqual([
      ["529", 2],
      ["", 1],
      ["401", null],
    ]);
  });

  test("are cut into answers behind each tool, unless a plus joins the next", () => {
    expect(kinds("[[text:a]][[bash:x]][[text:b]]")).toEqual([["text", "bash"], ["text"]]);
    expect(kinds("[[bash:x]][[+read:y]][[think]][[ask]]")).toEqual([
      ["bash", "read"],
      ["think", "ask"],
    ]);
    expect(kinds("[[+bash:x]]")).toEqual([["bash"]]);
  });

  test("for others stand in round brackets", () => {
    expect(unwrapInner("do ((bash:ls)) ((text:ok))")).toBe("do [[bash:ls]] [[text:ok]]");
  });

  test("fill with at least the length asked for", () => {
    expect(fillerText(1000).length).toBeGreaterThanOrEqual(1000);
    expect(fillerText(0).length).toBeGreaterThan(0);
  });
});
