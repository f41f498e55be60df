import { describe, expect, test } from "vitest";
import { type Box, edit, emptyBox } from "./box.ts";
import { createKeyReader, type Key } from "./keys.ts";

const read = (...chunks: string[]): Key[] => {
  const reader = createKeyReader();
  return chunks.flatMap(reader);
};
const typed = (input: string, from: Box = emptyBox) => read(input).reduce(edit, from).text;

describe("keys", () => {
  test("tell pastes, letters, arrows and controls apart", () => {
    expect(read("a\u001b[200~p\rq\u001b[201~\r\n\u001b[A\u0015\t\u007f")).toEqual([
      { is: "char", text: "a" },
      { is: "paste", text: "p\rq" },
      { is: "enter" },
      { is: "newline" },
      { is: "up" },
      { is: "control", letter: "u" },
      { is: "tab" },
      { is: "backspace" },
    ]);
  });

  test("are the same wherever the input is cut", () => {
    const input = "\u001b[200~😀 two\u001b[201~\u001b[C\r";
    for (let cut = 1; cut < input.length; cut += 1) {
      if (cut === 1 || input.charCodeAt(cut) >= 0xdc00 || input[cut - 1] === "\u001b") continue;
      expect(read(input.slice(0, cut), input.slice(cut))).toEqual(read(input));
    }
  });

  test("know a lone Esc, twice too", () => {
    expect(read("\u001b")).toEqual([{ is: "escape" }]);
    expect(read("\u001b\u001b")).toEqual([{ is: "escape" }, { is: "escape" }]);
  });
});

describe("the input box", () => {
  test("takes lines pasted one by one to the letter", () => {
    const lines = ["first", "  second 'quoted' $HOME", "漢字 😀"];
    expect(typed(lines.map((line) => `\u001b[200~${line}\u001b[201~`).join("\n"))).toBe(lines.join("\n"));
  });

  test("cleans what is pasted", () => {
    expect(typed("\u001b[200~a\tb\r\nc\u001b[31md e\u0301\u0000\u001b[201~")).toBe("a    b\ncd é");
  });

  test("marks a large paste as coming from elsewhere", () => {
    expect(typed(`\u001b[200~${"x".repeat(801)}\u001b[201~`)).toMatch(/^\n\n<pasted_content id=/);
    expect(typed("\u001b[200~1\n2\n3\n4\u001b[201~")).toContain("<pasted_content");
    expect(typed("\u001b[200~1\n2\n3\u001b[201~")).toBe("1\n2\n3");
  });

  test("loses a line to Ctrl-U and everything to two Esc", () => {
    const draft = { ...emptyBox, text: "one\ntwo" };
    expect(typed("\u0015", draft)).toBe("one\n");
    expect(typed("\u0015\u0015", draft)).toBe("one");
    expect(typed("\u001b", draft)).toBe("one\ntwo");
    expect(typed("\u001b\u001b", draft)).toBe("");
    expect(typed("\u001bx\u001b", draft)).toBe("one\ntwox");
  });

  test("puts a draft aside by Ctrl-S, and brings it back", () => {
    const draft = { ...emptyBox, text: "mine" };
    expect(edit(draft, { is: "control", letter: "s" })).toMatchObject({ text: "", stash: "mine" });
    expect(typed("\u0013\u0013", draft)).toBe("mine");
  });
});
