import { describe, expect, test } from "vitest";
import type { Screen } from "../../contract/screen.ts";
import { recordedScreen } from "../../e2e/data/recorded-screen.ts";
import { readScreen } from "./screen.ts";

const read = async (name: string, cols?: number) => readScreen(await recordedScreen(name, cols));
const [up, down, enter, esc] = ["\u001b[A", "\u001b[B", "\r", "\u001b"];

/** A screen as rows of plain text. */
const plain = (rows: string[], cols = 40): Screen => ({
  rev: 1,
  at: 0,
  cols,
  rows: rows.length,
  lines: rows.map((text) => (text ? [{ text }] : [])),
  cursor: null,
});
const rule = "─".repeat(40);

describe("a start-up dialog", () => {
  test.each([
    ["02-trust-dialog", "trust", /^Accessing workspace:\n\/home\/dev\/proj1\n/, down + enter, enter],
    ["46-add-dir", "trust", /^Adding a new directory:\n\/opt\n/, down + enter, enter],
    ["03-apikey-dialog", "api-key", /^Detected a custom API key[\s\S]*sk-ant-\.\.\./, up + enter, enter],
    ["49-bypass", "bypass", /^WARNING: Claude Code running/, down + enter, enter],
    ["47-theme", "theme", /^Choose the text style/, enter, null],
    ["50-login", "sign-in", /^Login\n/, null, null],
  ])("%s is read as %s", async (name, dialog, detail, allow, deny) => {
    const reading = await read(`screens/${name}`);
    expect(reading).toMatchObject({ dialog: { dialog, allow, deny }, asking: null, draft: null });
    expect(reading.dialog?.detail).toMatch(detail);
  });

  test("is answered from the choice that is marked now", async () => {
    const screen = await recordedScreen("screens/02-trust-dialog");
    const moved = plain(
      screen.lines.map((runs) => {
        const row = runs.map((run) => run.text).join("");
        return row.replace("❯ No, exit", "  No, exit").replace("  Yes, I trust", "❯ Yes, I trust");
      }),
      120,
    );
    expect(readScreen(moved).dialog).toMatchObject({ allow: enter, deny: up + enter });
  });

  test("that was refused, with the session over, is none any more", async () => {
    expect((await read("screens/51-trust-refused")).dialog).toBeNull();
  });
});

describe("an elicitation", () => {
  test.each(["20-elicitation", "44-elicitation-form"])("%s can only be cancelled by key", async (name) => {
    const { dialog } = await read(`screens/${name}`);
    expect(dialog).toMatchObject({ dialog: "elicitation", allow: null, deny: esc });
  });
});

describe("a dialog that is not known", () => {
  test.each([
    ["screens/28-worktree-exit", "Exiting worktree session"],
    ["screens/48-security-notes", "Press Enter to continue"],
    ["scenes/slash-commands/02-model", "Select model"],
    ["scenes/input-box/04-afterturn", "Rewind"],
    ["screens/26-agent-view", "enter to open"],
  ])("%s is told with its words and without keys", async (name, words) => {
    const { dialog, asking, draft } = await read(name);
    expect(dialog).toMatchObject({ dialog: "unknown", allow: null, deny: null });
    expect(dialog?.detail).toContain(words);
    expect([asking, draft]).toEqual([null, null]);
  });
});

describe("a permission dialog", () => {
  test.each([
    ["screens/10-permission-bash", "1", "4", "╌ touch /home/dev/x1 && echo made ╌ Do you want to proceed?"],
    ["screens/25-attach", "1", "4", "╌ touch /home/dev/bgfile ╌"],
    ["screens/30-edit", "1", "3", "Edit file sub/old.txt ╌"],
    ["screens/31-overwrite-cut", "1", "3", "Do you want to overwrite old.txt?"],
    ["screens/33-bash-cut", "1", "4", "touch row69 ╌ Do you want to proceed?"],
    ["screens/34-bash-lines", "1", "4", "╌ touch a touch b 'two spaces' touch tabbed touch 漢字漢字 ╌"],
    ["screens/35-notebook", "1", "3", "Edit notebook /home/dev/p/dlg120/x.ipynb"],
    ["screens/38-write-new", "1", "3", "Create file sub/new.txt"],
    ["screens/40-bash-heredoc", "1", "3", "╌ echo one echo two spaced cat <<X ──── ❯ 1. Yes X rm -rf /opt/none ╌"],
    ["screens/41-webfetch", "1", esc, "╌ url: https://example.com/a/page?x=1 prompt: what is it ╌"],
    ["screens/42-websearch", "1", "3", '╌ Web Search("how are you") ╌'],
    ["screens/43-mcp-permission", "1", "3", "el — Askme Tool: (MCP) ╌ text: several words and a second line n: 3"],
    ["scenes/permission-parallel/01-F", "1", "3", "Read file 1 of 2 ╌ Read(/"],
    ["scenes/permission-parallel/02-G-none", "1", "4", "Bash command · from the general-purpose agent"],
    ["scenes/permission-keys/07-cr-at-dialog", "1", "4", "╌ touch "],
  ])("%s is answered by the digits of its Yes and No", async (name, allow, deny, words) => {
    const reading = await read(name);
    expect(reading).toMatchObject({ dialog: null, asking: { allow, deny }, draft: null });
    expect(reading.asking?.text).toContain(words);
  });

  test("is none of the other dialogs whose words it is about", () => {
    const about = (words: string) => [rule, " Bash command", ` ${"╌".repeat(20)}`, ` ${words}`, ` ${"╌".repeat(20)}`];
    const below = [" Do you want to proceed?", " ❯ 1. Yes", "   2. No", "", " Esc to cancel · Tab to amend"];
    for (const words of ["Choose the text style", "MCP server x requests your input", "Detected a custom API key"]) {
      const { dialog, asking } = readScreen(plain([...about(words), ...below]));
      expect([dialog, asking?.allow, asking?.deny]).toEqual([null, "1", "2"]);
    }
  });

  test("in a narrow terminal has the same keys", async () => {
    const { asking } = await read("screens/36-bash-wrapped-70", 70);
    expect(asking).toMatchObject({ allow: "1", deny: "4" });
  });

  test.each(["02-tab", "03-tabtyped", "04-no-amend"])(
    "takes no digits while a choice is a text field: %s",
    async (name) => {
      expect((await read(`scenes/permission-keys/${name}`)).asking).toMatchObject({ allow: null, deny: null });
    },
  );

  test("that a draft hides is not there yet", async () => {
    const reading = await read("scenes/permission-keys/05-draft-behind-dialog");
    expect(reading).toMatchObject({ dialog: null, asking: null, draft: "half a draft" });
  });
});

describe("a plan", () => {
  test.each([
    ["scenes/plan/01-plan", "2", esc],
    ["screens/52-plan-formatted", "2", esc],
    ["scenes/plan/03-plan-keys", null, null],
    ["scenes/plan-empty/01-plan", "1", "2"],
  ])("%s is approved with edits asked one by one", async (name, allow, deny) => {
    const { asking } = await read(name);
    expect(asking).toMatchObject({ allow, deny });
    expect(asking?.text).toMatch(/plan/);
  });
});

describe("a question", () => {
  test.each([
    ["screens/11-ask", 120, "Which colour do you want? 1. Red The red one"],
    [
      "screens/37-ask-70",
      70,
      "Which of the many colours that there are in the whole wide world of colours do you want",
    ],
    ["scenes/questions/03-multi", 120, "Toppings? 1. [ ] Ham"],
  ])("%s is told with its words, and can only be refused by key", async (name, cols, words) => {
    const { asking, draft } = await read(name, cols);
    expect(asking).toMatchObject({ allow: null, deny: esc });
    expect(asking?.text).toContain(words);
    expect(draft).toBeNull();
  });

  test("with its answers shown for review takes no key", async () => {
    const { asking } = await read("scenes/questions/05-review");
    expect(asking).toMatchObject({ text: expect.stringContaining("Review your answers"), allow: null, deny: null });
  });
});

describe("the input box", () => {
  test.each([
    ["screens/04-ready", ""],
    ["screens/13-busy-streaming", ""],
    ["screens/14-queued", ""],
    ["screens/15-interrupted", ""],
    ["screens/17-err-401", ""],
    ["screens/24-subagent", ""],
    ["scenes/api-errors/01-401", ""],
    ["scenes/input-box/01-fresh", ""],
    ["scenes/input-box/02-draft1", "hello draft"],
    ["scenes/input-box/03-draft3", "l1\nl2 two\nl3"],
    ["scenes/input-box/05-escesc-empty", ""],
    ["scenes/input-box/06-queuedbox", ""],
  ])("of %s holds %j", async (name, draft) => {
    expect(await read(name)).toMatchObject({ dialog: null, asking: null, draft });
  });

  test("that is too small for its draft shows the end of it", async () => {
    const { dialog, asking, draft } = await read("scenes/input-box/07-scrolled");
    expect([dialog, asking]).toEqual([null, null]);
    expect(draft).toMatch(/^4 x+\n5 x+\n[\s\S]*\n17 x+$/);
  });

  test("in shell mode is not empty: what is typed there would be run", () => {
    expect(readScreen(plain([rule, "! ", rule, "  ! for shell mode"])).draft).toBe("!");
    expect(readScreen(plain([rule, "! ls", rule])).draft).toBe("!ls");
  });

  test("with one letter under the cursor holds that letter, and a suggestion behind a draft is not typed", () => {
    const box = (...runs: Screen["lines"][number]) => ({
      ...plain([rule, "", rule]),
      lines: [[{ text: rule }], runs, [{ text: rule }]],
    });
    expect(readScreen(box({ text: "❯\u00a0" }, { text: "a", inverse: true })).draft).toBe("a");
    expect(readScreen(box({ text: "❯\u00a0hel" }, { text: "lo", dim: true })).draft).toBe("hel");
    expect(
      readScreen(box({ text: "❯\u00a0" }, { text: "T", inverse: true }, { text: "ry this", dim: true })).draft,
    ).toBe("");
  });

  test("is not there on a screen that shows nothing yet, or the end", async () => {
    const none = { dialog: null, asking: null, retrying: null, draft: null };
    expect(readScreen(plain([]))).toEqual(none);
    expect(await read("screens/01-first-run")).toEqual(none);
  });

  test("at the bottom decides, whatever Claude prints above it", () => {
    const printed = ["● Do you want to proceed?", " ❯ 1. Yes", "   2. No", " Esc to cancel · Tab to amend"];
    const reading = readScreen(plain([...printed, rule, "❯ ", rule, "  ⏸ manual mode on"]));
    expect(reading).toEqual({ dialog: null, asking: null, retrying: null, draft: "" });
  });
});

describe("a retry", () => {
  test("is told while it waits", async () => {
    expect((await read("screens/45-retrying")).retrying).toBe("API error · retrying in 1s · attempt 1/3");
  });

  test("is nothing that Claude or the person wrote", () => {
    const said = ["● API error · retrying in 1s · attempt 1/3", "❯ it says retrying in 1s · attempt 1/3"];
    expect(readScreen(plain([...said, rule, "❯ ", rule])).retrying).toBeNull();
  });
});
