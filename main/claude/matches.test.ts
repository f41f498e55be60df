import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DialogKind } from "../../contract/observation.ts";
import type { Request } from "../../contract/request.ts";
import { recordedScreen } from "../../e2e/data/recorded-screen.ts";
import { describeTool } from "./ask.ts";
import { matches } from "./matches.ts";
import { sameText } from "./same-text.ts";
import { readScreen } from "./screen.ts";

const common = { id: "req-1", at: 0, via: "key", proposal: null } as const;

/** As the hook would have told it. */
const asked = (tool: string, input: unknown, agent: string | null = null) =>
  ({ ...common, tool, agent, ...describeTool(tool, input) }) as Request;
/** As the core tells it after a restart, from the transcript's tool call. */
const unexplained = (tool: string, input: unknown): Request => ({
  ...common,
  kind: "permission",
  tool,
  title: "",
  detail: JSON.stringify(input, null, 2),
  agent: null,
});
const dialog = (kind: DialogKind, detail: string): Request => ({ ...common, kind: "dialog", dialog: kind, detail });
const read = async (name: string) => readScreen(await recordedScreen(name, name.endsWith("-70") ? 70 : 120));

const wrapped = `touch ${"abcdefghij/".repeat(30)} --and more words that go on and on until the row is over and then some more`;
const seventy = Array.from({ length: 70 }, (_, i) => `touch row${i}`).join("\n");
const lines = "touch a\n\n    touch b 'two  spaces'\n\ttouch tabbed\ntouch 漢字漢字";
const heredoc = "echo one\n  echo two  spaced\ncat <<X\n────\n❯ 1. Yes\nX\nrm -rf /opt/none";
const content = Array.from({ length: 12 }, (_, i) => `new row ${i}`).join("\\n");
const old = "/home/dev/p/dlg120/sub/old.txt";
const edit = { file_path: old, old_string: "line <3>", new_string: "line three", replace_all: false };
const notebook = {
  notebook_path: "/home/dev/p/dlg120/x.ipynb",
  new_source: "print(1)",
  cell_type: "code",
  edit_mode: "insert",
};
const askme = { text: "several words\nand a second line", n: 3, deep: { list: ["a", "b c"] } };

describe("a dialog matches the request it shows", () => {
  test.each<[string, string, unknown]>([
    ["screens/10-permission-bash", "Bash", { command: "touch /home/dev/x1 && echo made" }],
    ["screens/32-bash-wrapped", "Bash", { command: wrapped }],
    ["screens/36-bash-wrapped-70", "Bash", { command: wrapped }],
    ["screens/33-bash-cut", "Bash", { command: seventy }],
    ["screens/34-bash-lines", "Bash", { command: lines }],
    ["screens/40-bash-heredoc", "Bash", { command: heredoc }],
    ["screens/30-edit", "Edit", edit],
    ["screens/38-write-new", "Write", { file_path: "/home/dev/p/dlg/sub/new.txt", content }],
    ["screens/41-webfetch", "WebFetch", { url: "https://example.com/a/page?x=1", prompt: "what is it" }],
    ["screens/42-websearch", "WebSearch", { query: "how are you" }],
    ["screens/43-mcp-permission", "mcp__el__askme", askme],
    ["scenes/permission-parallel/01-F", "Read", { file_path: "/etc/hostname" }],
  ])("%s, told by a hook or by the transcript", async (name, tool, input) => {
    const reading = await read(name);
    expect(matches(reading, asked(tool, input))).toBe(true);
    expect(matches(reading, unexplained(tool, input))).toBe(true);
  });

  test("of a subagent, told as a subagent's", async () => {
    const reading = await read("scenes/permission-parallel/02-G-none");
    const command = /╌ (touch \S+) ╌/.exec(reading.asking?.text ?? "")?.[1];
    expect(matches(reading, asked("Bash", { command }, "a1"))).toBe(true);
    expect(matches(reading, asked("Bash", { command }))).toBe(false);
  });

  test("with a plan", async () => {
    const plan = { plan: "# My plan p1\n\n- step one\n- step two\n", planFilePath: "/p.md" };
    const reading = await read("scenes/plan/01-plan");
    expect(matches(reading, asked("ExitPlanMode", plan))).toBe(true);
    expect(matches(reading, asked("ExitPlanMode", { plan: "# My plan p2" }))).toBe(false);
    const formatted =
      "# My plan\n\n1. first **bold** thing\n2. second `code` thing\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls -la\n```\nSee [docs](https://x.y/z).";
    expect(matches(await read("screens/52-plan-formatted"), asked("ExitPlanMode", { plan: formatted }))).toBe(true);
    const empty = await read("scenes/plan-empty/01-plan");
    expect(matches(empty, asked("ExitPlanMode", {}))).toBe(true);
    expect(matches(empty, asked("ExitPlanMode", plan))).toBe(false);
  });

  test("with a question", async () => {
    const options = ["Red", "Blue"].map((label) => ({ label, description: "" }));
    const question = { question: "Which colour do you want?", header: "Colour", multiSelect: false, options };
    const reading = await read("screens/11-ask");
    expect(matches(reading, asked("AskUserQuestion", { questions: [question] }))).toBe(true);
    const other = { ...question, options: [...options, { label: "Green", description: "" }] };
    expect(matches(reading, asked("AskUserQuestion", { questions: [other] }))).toBe(false);
  });

  test("of the start", async () => {
    const reading = await read("screens/02-trust-dialog");
    const detail = reading.dialog?.detail ?? "";
    expect(matches(reading, dialog("trust", detail))).toBe(true);
    expect(matches(reading, dialog("trust", detail.replace("proj1", "proj2")))).toBe(false);
    expect(matches(reading, dialog("bypass", detail))).toBe(false);
  });
});

describe("a dialog matches no other request", () => {
  test.each<[string, string, unknown]>([
    ["screens/10-permission-bash", "Bash", { command: "touch /home/dev/x1" }],
    ["screens/10-permission-bash", "Bash", { command: "touch /home/dev/x1 && echo made && rm -rf /" }],
    ["screens/10-permission-bash", "Bash", { command: "touch /home/dev/x1 &&echo made" }],
    ["screens/10-permission-bash", "Bash", { command: "" }],
    ["screens/10-permission-bash", "mcp__shell__run", { command: "touch /home/dev/x1 && echo made" }],
    ["screens/33-bash-cut", "Bash", { command: `${seventy}\ntouch row70` }],
    ["screens/33-bash-cut", "Bash", { command: "touch row68\ntouch row69" }],
    ["screens/34-bash-lines", "Bash", { command: lines.replace("touch tabbed\n", "") }],
    ["screens/30-edit", "Edit", { ...edit, new_string: "line four" }],
    ["screens/30-edit", "Edit", { ...edit, file_path: "/home/dev/p/dlg120/other/old.txt" }],
    ["screens/30-edit", "Write", { file_path: old, content: "line three\nline four" }],
    ["screens/31-overwrite-cut", "Write", { file_path: old, content: "all\nnew\n" }],
    ["screens/39-write-cut", "Write", { file_path: "/home/dev/p/dlg/long.txt", content: "long row 69" }],
    ["screens/35-notebook", "NotebookEdit", notebook],
    ["screens/41-webfetch", "WebFetch", { url: "https://example.com/a/page", prompt: "what is it" }],
    ["screens/42-websearch", "WebSearch", { query: "how are" }],
    ["screens/43-mcp-permission", "mcp__other__askme", askme],
    ["screens/43-mcp-permission", "mcp__el__askme", { ...askme, n: 4 }],
    ["scenes/permission-parallel/01-F", "Read", { file_path: "/etc/host" }],
    ["screens/11-ask", "Bash", { command: "Red" }],
    ["screens/04-ready", "Bash", { command: "ls" }],
  ])("%s is not %s %j", async (name, tool, input) => {
    const reading = await read(name);
    expect(matches(reading, asked(tool, input))).toBe(false);
    expect(matches(reading, unexplained(tool, input))).toBe(false);
  });
});

/** As a terminal wraps: between words where it can, within a word that is longer than a row. */
function wrap(words: string[], width: number): string {
  const rows = words.flatMap((word) => word.match(new RegExp(`.{1,${width}}`, "g")) ?? []);
  return rows.join("\n   ");
}

describe("the same text", () => {
  const long = "x".repeat(40);
  test.each([
    [" a  b\n c ", "a b\tc", true],
    [`do ${long.slice(0, 15)} ${long.slice(15)} now`, `do ${long} now`, true],
    ["a b", "ab", false],
    ["ab", "a b", false],
    ["short wo rd", "short word", false],
    ["a b c", "b c", false],
    ["b c", "a b c", false],
    ["", "", true],
  ])("%j, wrapped by a terminal, is %j: %s", (shown, text, same) => {
    expect(sameText(shown, text)).toBe(same);
  });

  test("is known at any width, and never with a space more or less", () => {
    const word = fc.stringMatching(/^[a-z╌❯│-]{1,60}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 2, maxLength: 30 }),
        fc.integer({ min: 16, max: 120 }),
        (words, width) => {
          expect(sameText(wrap(words, width), words.join(" "))).toBe(true);
          expect(sameText(wrap(words, width), words.slice(1).join(" "))).toBe(false);
          expect(sameText(wrap([words.slice(0, 2).join(""), ...words.slice(2)], 500), words.join("\t"))).toBe(false);
        },
      ),
    );
  });

  test("cut at its top needs a long end that is the same", () => {
    const text = Array.from({ length: 100 }, (_, i) => `word${i}`).join(" ");
    expect(sameText(text.slice(-400), text, true)).toBe(false); // begins within a short word
    expect(sameText(text.slice(text.indexOf("word40")), text, true)).toBe(true);
    expect(sameText(text.slice(text.indexOf("word80")), text, true)).toBe(false);
    expect(sameText(text.slice(text.indexOf("word40")), `${text} more`, true)).toBe(false);
  });
});
