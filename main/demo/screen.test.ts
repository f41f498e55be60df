import { describe, expect, test } from "vitest";
import { readScreen } from "../claude/screen.ts";
import { createEmulator } from "../terminal/emulator/emulator.ts";
import { emptyBox } from "./box.ts";
import { permissionDialog } from "./dialog.ts";
import { questionDialog } from "./question-dialog.ts";
import { drawScreen, emptyView, type View } from "./screen.ts";
import { widthOf, wrap } from "./wrap.ts";

/** The picture as a terminal shows it. */
async function shown(view: Partial<View>, cols = 80, rows = 24) {
  const nothing = () => undefined;
  using emulator = createEmulator({ cols, rows, scrollback: 0, now: () => 0, answer: nothing, drawn: nothing });
  emulator.feed(
    drawScreen({ ...emptyView, ...view }, { cols, rows, name: "ann", cwd: "/p", mode: "default", now: 2000 }),
  );
  await emulator.settled();
  return emulator.screen();
}

describe("the fake's screen, read as Claude Code's", () => {
  test("has an empty box, also with prompts queued", async () => {
    expect(readScreen(await shown({}))).toMatchObject({ draft: "", asking: null, dialog: null });
    expect(readScreen(await shown({ queued: ["later"], busySince: 0 }))).toMatchObject({ draft: "" });
  });

  test.each(["one", "one\ntwo\n  three", "wide 漢字 😀 é", "long ".repeat(60).trim()])(
    "has the draft %j",
    async (text) => {
      const { draft } = readScreen(await shown({ box: { ...emptyBox, text } }));
      expect(draft?.replace(/\s+/g, " ")).toBe(text.replace(/\s+/g, " "));
    },
  );

  test("asks for a permission, with the keys to answer it", async () => {
    const dialog = permissionDialog("Bash", { command: "npm test", description: "Run the tests" }, "/p");
    const { asking, draft } = readScreen(await shown({ dialogs: [dialog] }));
    expect(asking).toMatchObject({ allow: "1" });
    expect(asking?.text).toContain("npm test");
    expect(draft).toBeNull();
  });

  test("asks a question", async () => {
    const options = [
      { label: "Red", description: "The red one" },
      { label: "Blue", description: "The blue one" },
    ];
    const dialog = questionDialog([{ question: "Which colour?", header: "Colour", multiSelect: false, options }]);
    expect(readScreen(await shown({ dialogs: [dialog] })).asking?.text).toContain("Which colour?");
  });

  test("tells of retries", async () => {
    const view = { busySince: 0, trouble: "API error · retrying in 1s · attempt 1/10" };
    expect(readScreen(await shown(view)).retrying).toContain("attempt 1/10");
  });

  test("keeps its lower end when there is more than fits", async () => {
    const entries = Array.from({ length: 60 }, (_, index) => ({ is: "said" as const, text: `answer ${index}` }));
    const rows = (await shown({ entries })).lines.map((runs) => runs.map(({ text }) => text).join(""));
    expect(rows).toHaveLength(24);
    expect(rows.join("\n")).toContain("answer 59");
    expect(rows.at(-1)).toContain("manual mode on");
  });
});

describe("wrapping", () => {
  test("keeps every row within the columns, and loses nothing but spaces at the breaks", () => {
    const text = `${"word ".repeat(20)}${"x".repeat(50)} 漢字漢字漢字漢字 😀😀😀 end`;
    const rows = wrap(text, 20);
    expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(20);
    expect(rows.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });

  test("takes out what would move the cursor", () => {
    expect(wrap("a\u001b[2Jb\u0007c", 20)).toEqual(["a[2Jbc"]);
  });
});
