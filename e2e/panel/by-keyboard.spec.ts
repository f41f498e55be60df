import type { Page } from "playwright";
import { expect, test } from "vitest";
import type { Message } from "../../contract/message.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { aMessage, aPrompt, aTool, takesAnswers, teamOf, told } from "./conversations.ts";
import { press, tabTo } from "./keyboard.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { permission, question, worker } from "./states.ts";
import { allowClipboard } from "./tab.ts";

/** Nothing here uses the mouse. What the list, the spawn dialog and the search do by keyboard is in their own specs. */
needsChromium("by keyboard alone a person", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** The page of the first of these workers, opened from the list. */
  async function open(
    workers: readonly Worker[],
    answers: Partial<Team> = {},
    messages: readonly Message[] = [aPrompt(0, "Begin.")],
  ): Promise<Page> {
    stage = await openPage(teamOf(...workers));
    const { page } = stage;
    const [first] = workers;
    if (!first) throw new Error("nobody to open");
    stage.answers({ ...told({ [first.id]: messages }), ...answers });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await see(page.getByRole("heading", { level: 2, name: first.name })).toBeVisible();
    return page;
  }

  const button = (name: string) => stage.page.getByRole("button", { name, exact: true });
  const asking = (...requests: Request[]) => worker("ana", { phase: { is: "asking", requests } });

  test("renames a worker, brings it forward in iTerm2, interrupts it, and goes on with a copy of it", async () => {
    const one = worker("ana", { phase: { is: "working" } });
    const idle = { type: "worker.judged", id: one.id, at: 0, why: [], phase: { is: "idle" } } as const;
    const copy = worker("ana-2");
    const page = await open([one], {
      rename: async () => one,
      focus: async () => ({}),
      interrupt: async () => {
        stage.store.dispatch({ ...idle, why: [] });
        return one;
      },
      fork: async () => {
        stage.store.dispatch({ type: "worker.opened", worker: copy });
        return copy;
      },
    });
    await press(page, button("Interrupt"));
    await see.poll(() => stage.called("interrupt")).toEqual([{ worker: one.id }]);
    await see(button("Interrupt")).toBeHidden();
    await see(page.getByRole("article", { name: "ana" })).toBeFocused();

    const choose = async (...keys: string[]) => {
      if (!(await button("More").evaluate((more) => more === document.activeElement)))
        await tabTo(page, button("More"));
      await page.keyboard.press("Enter");
      await see(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
      for (const key of [...keys, "Enter"]) await page.keyboard.press(key);
    };
    await choose();
    await see(page.getByRole("textbox", { name: "Name" })).toBeFocused();
    await page.keyboard.type("bea");
    await page.keyboard.press("Enter");
    await see.poll(() => stage.called("rename")).toEqual([{ worker: one.id, name: "bea" }]);
    await see(page.getByRole("textbox", { name: "Name" })).toBeHidden();
    await see(page.getByRole("article", { name: "ana" })).toBeFocused();

    await press(page, button("More"));
    await see(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("s");
    await see(page.getByRole("article", { name: "ana" })).toBeVisible();
    await page.keyboard.press("Escape");
    await see(button("More")).toBeFocused();

    await choose("ArrowDown");
    await see.poll(() => stage.called("focus")).toEqual([{ worker: one.id }]);
    await choose("End");
    await see.poll(() => stage.called("fork")).toMatchObject([{ worker: one.id }]);
    await see(page.getByRole("heading", { level: 2, name: "ana-2" })).toBeVisible();
  });

  test("denies a command with a sentence, and keeps a rule for another", async () => {
    const rule = { tool: "Bash", cwd: "/p", match: { is: "prefix", prefix: "npm test" } } as const;
    const [first, second] = [permission({ detail: "rm -rf dist" }), permission()];
    const one = asking(first, second);
    const page = await open([one], {
      ...takesAnswers,
      rulesFor: async () => ({ rules: [{ ...rule, match: { is: "exact", input: { command: "npm test" } } }, rule] }),
      addRule: async () => ({ answered: 1 }),
      removeRule: async () => ({}),
    });
    const card = (words: string) => page.locator(".request").filter({ hasText: words });
    await tabTo(page, card("rm -rf").getByRole("textbox", { name: /Reason/ }));
    await page.keyboard.type("not today");
    await press(page, card("rm -rf").getByRole("button", { name: "Deny" }));
    await see
      .poll(() => stage.called("answer"))
      .toEqual([{ worker: one.id, request: first.id, answer: { decision: "deny", reason: "not today" } }]);

    await press(page, card("npm test").getByRole("button", { name: "Always allow…" }));
    await see(page.getByRole("dialog", { name: "Always allow" })).toBeVisible();
    await tabTo(page, page.getByRole("radio").first());
    await page.keyboard.press("ArrowDown");
    await press(page, button("Keep this rule"));
    await see.poll(() => stage.called("addRule")).toEqual([{ rule }]);
    await press(page, button("Undo"));
    await see.poll(() => stage.called("removeRule")).toEqual([{ rule }]);
    await see(button("Undo")).toBeHidden();
    await see(page.getByRole("article", { name: "ana" })).toBeFocused();
  });

  test.each([
    ["Approve the plan", { decision: "allow" }],
    ["Keep planning", { decision: "deny", reason: "smaller steps" }],
  ])("reads a plan, and says: %s", async (label, given) => {
    const plan = permission({ tool: "ExitPlanMode", title: "", detail: "# Round once\n\n1. Add up\n2. Round" });
    const one = asking(plan);
    const page = await open([one], takesAnswers);
    const words = page.getByRole("region", { name: "The plan" });
    await tabTo(page, words);
    await see(words.getByRole("listitem")).toHaveText(["Add up", "Round"]);
    if ("reason" in given) {
      await tabTo(page, page.getByPlaceholder("What to plan differently"));
      await page.keyboard.type(given.reason);
    }
    await press(page, button(label));
    await see.poll(() => stage.called("answer")).toEqual([{ worker: one.id, request: plan.id, answer: given }]);
  });

  test("answers a question by an option, or in own words", async () => {
    const asked = question("Which date library?");
    const one = asking(asked);
    const page = await open([one], takesAnswers);
    await tabTo(page, page.getByRole("radio", { name: "Temporal" }));
    await page.keyboard.press("ArrowDown");
    await see(page.getByRole("radio", { name: "date-fns" })).toBeChecked();
    await tabTo(page, page.getByRole("textbox", { name: /^Own answer/ }));
    await page.keyboard.type("neither");
    await see(page.getByRole("radio", { name: "date-fns" })).not.toBeChecked();
    await press(page, button("Answer"));
    const answers = { "Which date library?": "neither" };
    await see.poll(() => stage.called("answer")).toEqual([{ worker: one.id, request: asked.id, answer: { answers } }]);
  });

  test("is led to the terminal by a request that can only be answered there", async () => {
    const one = asking(permission({ via: "terminal" }));
    const page = await open([one], { focus: async () => ({}) });
    const card = page.getByRole("region", { name: "ana needs you" });
    await see(card).toContainText("npm test -- --coverage");
    await see(card.getByRole("button", { name: /^(?:Allow|Deny|Always)/ })).toHaveCount(0);
    await press(page, card.getByRole("button", { name: "Show it in iTerm2" }));
    await see.poll(() => stage.called("focus")).toEqual([{ worker: one.id }]);
    await press(page, card.getByRole("button", { name: "Show it", exact: true }));
    await see(page.getByRole("tab", { name: "Terminal" })).toHaveAttribute("aria-selected", "true");
    expect(stage.called("answer")).toEqual([]);
  });

  test("opens what is folded in a conversation, and copies a message", async () => {
    const page = await open([worker("ana")], {}, [
      aPrompt(0, "Begin."),
      aMessage(1, {
        thinking: "It could be the total.",
        text: "I look at **the tests**.",
        tools: [aTool("Bash", "npm test", { command: "npm test" }, { result: "412 passed" })],
      }),
    ]);
    const log = page.getByRole("log", { name: "Conversation" });
    await see(log).toContainText("I look at");
    await see(log.getByText("It could be the total.")).toHaveCount(0);
    await press(page, log.locator("summary").filter({ hasText: "Thinking" }));
    await see(log.getByText("It could be the total.")).toBeVisible();
    await see(log.getByText("412 passed")).toHaveCount(0);
    await press(page, log.locator("summary").filter({ hasText: "npm test" }));
    await see(log.getByText("412 passed")).toBeVisible();
    await allowClipboard(page);
    await press(page, log.getByRole("button", { name: "Copy message" }).last());
    await see(log.getByRole("button", { name: "Copied" })).toBeFocused();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("I look at **the tests**.");
  });

  test("finds all keys under one, by the names that they have on this machine", async () => {
    const page = await open([worker("ana")]);
    const command = (await page.evaluate(() => navigator.platform)).startsWith("Mac") ? "⌘" : "Ctrl";
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await see(keys).toContainText(`${command}FSearch its conversation`);
    await see(keys.getByText(command === "⌘" ? "Ctrl" : "⌘", { exact: true })).toHaveCount(command === "⌘" ? 1 : 0);
    await page.keyboard.press("Escape");
    await see(keys).toBeHidden();
    await see(button("Search this conversation")).toHaveAttribute("title", /\((?:⌘|Ctrl\+)F\)$/);
  });

  test("writes lines to one worker, and finds the draft there after a word to another", async () => {
    const [ana, ben] = [worker("ana"), worker("ben")];
    const sent = { id: "msg-1", text: "", at: 0, by: "person", state: "accepted", notes: [] } as const;
    const page = await open([ana, ben], { send: async () => ({ ...sent, notes: [] }) });
    const field = (name: string) => page.getByRole("textbox", { name: `Message to ${name}` });
    await tabTo(page, field("ana"));
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await see(field("ana")).toHaveValue("one\ntwo");
    for (const key of ["Escape", "l", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    await tabTo(page, field("ben"));
    await see(field("ben")).toHaveValue("");
    await page.keyboard.type("hello");
    await page.keyboard.press("Enter");
    await see.poll(() => stage.called("send")).toMatchObject([{ worker: ben.id, text: "hello" }]);
    for (const key of ["Escape", "l", "ArrowUp", "Enter"]) await page.keyboard.press(key);
    await see(field("ana")).toHaveValue("one\ntwo");
    await tabTo(page, field("ana"));
    await page.keyboard.press("Enter");
    await see.poll(() => stage.called("send")).toMatchObject([{}, { worker: ana.id, text: "one\ntwo" }]);
  });

  test("takes back a message that waits, and is not left nowhere", async () => {
    const waits: Receipt = { id: "msg-1", text: "Later.", at: 0, by: "person", state: "accepted", notes: [] };
    const ana = worker("ana", { phase: { is: "working" }, receipts: [waits] });
    const page = await open([ana], {
      withdraw: async () => {
        const receipt = { ...waits, state: "withdrawn" } as const;
        stage.store.dispatch({ type: "receipt.moved", id: ana.id, receipt });
        return receipt;
      },
    });
    await press(page, button("Withdraw"));
    await see.poll(() => stage.called("withdraw")).toEqual([{ worker: ana.id, message: "msg-1" }]);
    await see(button("Withdraw")).toBeHidden();
    await see(page.getByRole("article", { name: "ana" })).toBeFocused();
  });
});
