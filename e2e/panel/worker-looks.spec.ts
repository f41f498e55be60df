import { expect, test } from "vitest";
import type { Closing, Digest } from "../../contract/digest.ts";
import { TeamError } from "../../contract/error.ts";
import type { Request } from "../../contract/request.ts";
import type { Screen } from "../../contract/screen.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { aMessage, anEdit, aPrompt, aScreen, aTool, longHistory, teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { permission, pictureTime, worker } from "./states.ts";
import { allowClipboard } from "./tab.ts";

needsChromium("how the page of a worker looks", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** Opens the first of these workers, with what was said to it. */
  async function open(workers: readonly Worker[], answers: Partial<Team> = {}): Promise<Scripted> {
    stage = await openPage(teamOf(...workers));
    const [first] = workers;
    if (!first) throw new Error("nobody to open");
    stage.answers({ ...told({ [first.id]: talk }), ...answers });
    await stage.page.getByRole("button", { name: first.name }).first().click();
    return stage;
  }

  const picture = (name: string) => shoot(stage.page, name);

  const asking = (...requests: Request[]): Worker => worker("rounding", { phase: { is: "asking", requests } });

  test("one that asks three things at once: a command, a change of a file, and a plan", async () => {
    const { page } = await open([asking(command, edit, plan)]);
    await see(page.getByRole("heading", { level: 3 })).toHaveCount(3);
    await picture("page-several");
  });

  test("in a popover one that asks leaves its terminal room to be seen, and its header says where it works", async () => {
    const long = { cwd: "/Users/ana/code/platform/services/billing/packages/adapters/src", branch: "fix/rounding" };
    const { page } = await open([{ ...asking(command, edit, plan), ...long }], { screen: readOnce(screen) });
    await page.setViewportSize({ width: 420, height: 640 });
    await see(page.getByRole("textbox", { name: /^Message to/ })).toBeHidden();
    const whole = (element: HTMLElement | SVGElement) => element.scrollWidth <= element.clientWidth;
    expect(await page.locator(".worker-facts").getByText("fix/rounding").evaluate(whole)).toBe(true);
    await page.getByRole("tab", { name: "Terminal" }).click();
    const shown = page.getByRole("region", { name: /^Screen of/ });
    expect((await shown.boundingBox())?.height).toBeGreaterThan(120);
    await see(page.getByRole("button", { name: "Type in this terminal" })).toBeInViewport({ ratio: 1 });
    await picture("page-asking-terminal");
  });

  test("a change of a file", async () => {
    const { page } = await open([asking(edit)]);
    await see(page.getByRole("region", { name: /Change of/ })).toBeVisible();
    await picture("page-change");
  });

  test("the rules that may be kept, before one is", async () => {
    const rules = ["exact", "prefix"].map((is) => ({ ...rule, match: is === "exact" ? exact : rule.match }));
    const { page } = await open([asking(command)], { rulesFor: async () => ({ rules }) });
    await page.getByRole("button", { name: "Always allow…" }).click();
    await see(page.getByRole("dialog", { name: "Always allow" })).toBeVisible();
    await picture("page-rules");
  });

  test("a conversation with tools, thinking, code, a diff that is open, and what is new", async () => {
    const lookedAt = talk[4]?.at ?? null;
    const { page } = await open([worker("rounding", { lookedAt, lastActivity: pictureTime })], {
      digest: async () => digest,
    });
    await see(page.getByRole("region", { name: "Since you looked" })).toBeVisible();
    await page.getByText("src/total-6.ts", { exact: true }).click();
    await page.getByText("npm test", { exact: true }).first().click();
    await see(page.locator(".code-keyword").first()).toBeVisible();
    await picture("page-conversation");
  });

  test("a search in a long one", async () => {
    const one = worker("rounding");
    const { page } = await open([one], told({ [one.id]: longHistory(200) }));
    await page.getByRole("button", { name: "Search this conversation" }).click();
    await page.getByRole("textbox", { name: "Search this conversation" }).fill("rounds");
    await see(page.getByText(/of 1\d/)).toBeVisible();
    await picture("page-search");
  });

  test("writing to several, with a large paste and receipts of every kind", async () => {
    const { page } = await open([
      worker("rounding", { phase: { is: "working" }, receipts }),
      worker("docs"),
      worker("readme"),
    ]);
    await page.getByRole("button", { name: "To others…" }).click();
    await page.getByRole("checkbox", { name: /docs/ }).check();
    await page.keyboard.press("Escape");
    const field = page.getByRole("textbox", { name: /^Message to/ });
    await field.fill("Please go through this log: ");
    await allowClipboard(page);
    await page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      longHistory(60)
        .map(({ text }) => text)
        .join("\n"),
    );
    await field.press("Control+V");
    await see(page.getByRole("list", { name: "Pasted texts" })).toBeVisible();
    await picture("page-broadcast");
  });

  const away = new TeamError("TERMINAL_UNREACHABLE", "tmux does not answer");
  test("its terminal, as of a while ago", async () => {
    const { page } = await open([worker("rounding", { terminal: { host: "tmux", ref: "%3" } })], {
      screen: async ({ after }) => (after === undefined ? screen : Promise.reject(away)),
    });
    await page.getByRole("tab", { name: "Terminal" }).click();
    await see(page.getByText(/^As of/)).toBeVisible();
    await see(page.getByText("claude-team attach rounding")).toBeVisible();
    await picture("page-terminal");
  });

  test("the terminal of an ended one: the screen that was seen last, else why there is none", async () => {
    const one = worker("rounding");
    const { page, becomes, answers } = await open([one], { screen: readOnce(screen) });
    await page.getByRole("tab", { name: "Terminal" }).click();
    const shown = page.getByRole("region", { name: "Screen of rounding" });
    await see(shown).toContainText("412 tests pass");
    answers({ screen: readOnce(aScreen([], { rev: 2 })) });
    await page.getByRole("tab", { name: "Conversation" }).click();
    await page.getByRole("tab", { name: "Terminal" }).click();
    await see(shown).not.toContainText("412 tests pass");
    const gone = { phase: { is: "gone", reason: "closed by you" } } as const;
    becomes(teamOf({ ...one, ...gone }));
    await see(shown).toContainText("412 tests pass");
    await see(page.getByText(/^As of/)).toBeVisible();
    becomes(teamOf(worker("unseen", gone)));
    await page.getByRole("button", { name: "unseen" }).click();
    await see(page.getByText("Resume goes on with the conversation in a new one.")).toBeVisible();
    await picture("page-ended-terminal");
  });

  test("closing one that would lose something", async () => {
    const { page } = await open([worker("rounding", { phase: { is: "working" } })], { closing: async () => closing });
    await page.getByRole("button", { name: "Close" }).click();
    await see(page.getByRole("dialog")).toBeVisible();
    await picture("page-close");
  });

  test("an ended one, its menu, and why it is said to be ended", async () => {
    const why: Worker["why"] = [
      { signal: "process", says: "ended by SIGTERM", at: pictureTime, agrees: true },
      { signal: "live", says: "busy", at: pictureTime - 120_000, agrees: false },
      { signal: "screen", says: "shows its input box", at: pictureTime - 3_600_000, agrees: false },
    ];
    const { page } = await open([worker("rounding", { phase: { is: "gone", reason: "closed by you" }, why })]);
    await page.getByText("why?").click();
    await see(page.locator(".why li")).toHaveText([
      /The process.*ended by SIGTERM just now$/,
      /status file.*busy 2 min ago.*overruled$/,
      /The screen.*shows its input box 1 h ago.*from before$/,
    ]);
    await page.getByRole("button", { name: "More" }).click();
    await see(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await picture("page-ended");
  });
});

/** A screen that does not change. */
const readOnce =
  (shown: Screen): Team["screen"] =>
  ({ after }) =>
    after === undefined ? Promise.resolve(shown) : new Promise(() => {});

const talk = [
  aPrompt(0, "The cart rounds wrongly. Find out why, and fix it."),
  aMessage(1, {
    thinking: "It could be the total, or each line.\nI begin with the tests.",
    text: "I begin with the tests.",
    tools: [
      aTool("Read", "src/cart.ts", { file_path: "src/cart.ts" }),
      aTool(
        "Bash",
        "npm test",
        { command: "npm test" },
        { result: "412 passed\n1 failed: rounds to the cent", state: "failed" },
      ),
    ],
  }),
  aMessage(2, { role: "notice", notice: "compact", text: "We look for a fault in rounding." }),
  aMessage(3, {
    tools: [aTool("mcp__tickets__find", "tickets · find", { query: "rounding" }, { state: "denied", result: null })],
  }),
  aMessage(4, { text: "It is the total: each line is rounded *before* they are added." }),
  aPrompt(5, "Then round once, at the end."),
  aMessage(6, {
    text: longHistory(3)[2]?.text ?? "",
    tools: [aTool("Edit", "src/total-6.ts", anEdit(6), { result: "The file was changed." })],
  }),
  aMessage(7, {
    tools: [aTool("Bash", "npm test", { command: "npm test" }, { id: "again", result: null, state: "running" })],
  }),
];

const command = permission({
  detail: "rm -rf dist && npm run build && npm test -- --coverage",
  title: "Build afresh and run all tests",
  proposal: { answer: { decision: "deny", reason: "Do not remove dist." }, at: pictureTime },
});
const change = anEdit(6);
const marked = (sign: string, text: string) => text.split("\n").map((line) => `${sign} ${line}`);
const edit = permission({
  tool: "Edit",
  title: `Edit ${change.file_path}`,
  detail: [change.file_path, ...marked("-", change.old_string), ...marked("+", change.new_string)].join("\n"),
});
const plan = permission({
  tool: "ExitPlanMode",
  title: "",
  detail: "# Round once\n\n1. Add up\n2. Round\n3. **Test** both",
});

const rule = { tool: "Bash", cwd: "/Users/ana/code/shop", match: { is: "prefix", prefix: "npm test" } } as const;
const exact = { is: "exact", input: { command: "rm -rf dist && npm run build && npm test -- --coverage" } } as const;

const digest: Digest = {
  since: pictureTime - 3_600_000,
  whole: true,
  heard: 1,
  said: 3,
  tools: [
    { name: "Bash", count: 3, failed: 1 },
    { name: "Edit", count: 1, failed: 0 },
  ],
  files: ["/Users/ana/code/shop/src/total-6.ts"],
  lastReply: { messageId: "m", text: "So I change it.", at: pictureTime },
  problems: [],
};

const closing: Closing = {
  phase: "working",
  requests: 0,
  queued: ["Then look at the docs."],
  draft: "and also the",
  changes: { count: 14, files: ["src/cart.ts", "src/total.ts"] },
  resumable: true,
};

const states = ["accepted", "typed", "unconfirmed", "undelivered", "answered"] as const;
const receipts: Worker["receipts"] = states.map((state, i) => ({
  id: `msg-${i}`,
  text: `Message number ${i}, which is somewhat longer than there is room for in a narrow window`,
  at: pictureTime,
  by: i === 1 ? "manager" : "person",
  state,
  notes: state === "undelivered" ? ["the worker ended before it could be typed"] : [],
}));

const screen = aScreen(
  [
    [
      { text: "● ", fg: 2 },
      { text: "Update(src/total.ts)", bold: true },
    ],
    "  ⎿  Added 2 lines, removed 1 line",
    [{ text: "     12 -   lines.map(round).reduce(add, 0);", bg: "#4a2020" }],
    [{ text: "     12 +   round(lines.reduce(add, 0));", bg: "#1d3b26" }],
    "",
    "● 全部测试通过 ✅ 412 tests pass",
    "",
    "─".repeat(80),
    "❯ ",
    "─".repeat(80),
  ],
  { cursor: { row: 8, col: 2 } },
);
