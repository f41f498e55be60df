import type { Locator, Page } from "playwright";
import { expect, test } from "vitest";
import type { Closing } from "../../contract/digest.ts";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Worker } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { aMessage, aPrompt, longHistory, takesAnswers, teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { permission, worker } from "./states.ts";
import { allowClipboard } from "./tab.ts";

needsChromium("the page of a worker", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  async function open(workers: readonly Worker[], answers: Partial<Team> = {}): Promise<Page> {
    stage = await openPage(teamOf(...workers));
    const [first] = workers;
    if (!first) throw new Error("nobody to open");
    stage.answers({ ...told({ [first.id]: [aPrompt(0, "Begin.")] }), ...answers });
    await stage.page.getByRole("button", { name: first.name }).first().click();
    return stage.page;
  }

  const field = () => stage.page.getByRole("textbox", { name: /^Message to/ });
  const sent: Receipt = { id: "msg-9", text: "", at: 0, by: "person", state: "accepted", notes: [] };

  test("a large paste stands as a mark, is undone like a key, and is sent whole", async () => {
    const page = await open([worker("ana")], { send: async () => sent });
    const log = Array.from({ length: 40 }, (_, i) => `line ${i}`).join("\n");
    await allowClipboard(page);
    await page.evaluate((text) => navigator.clipboard.writeText(text), log);
    await field().pressSequentially("see ");
    await field().press("Control+V");
    await see(field()).toHaveValue("see [Pasted text 1: 40 lines]");
    await field().press("Control+Z");
    await see(field()).toHaveValue("see ");
    await field().press("Control+Y");
    await field().pressSequentially(" please");
    await field().press("Enter");
    await see(field()).toHaveValue("");
    await see.poll(() => stage.called("send")).toMatchObject([{ text: `see ${log} please` }]);
  });

  test("a rule is shown exactly, kept only then, and can be undone on the spot", async () => {
    const rule = { tool: "Bash", cwd: "/p", match: { is: "prefix", prefix: "npm test" } } as const;
    const asking = worker("ana", { phase: { is: "asking", requests: [permission()] } });
    const page = await open([asking], {
      rulesFor: async () => ({ rules: [rule] }),
      addRule: async () => ({ answered: 1 }),
      removeRule: async () => ({}),
    });
    await page.getByRole("button", { name: "Always allow…" }).click();
    await see(page.getByRole("dialog")).toContainText("Bash: npm test, alone or followed by plain words, in /p");
    expect(stage.called("addRule")).toEqual([]);
    await page.getByRole("button", { name: "Keep this rule" }).click();
    await see(page.getByText("From now on allowed:")).toBeVisible();
    stage.becomes(teamOf({ ...asking, phase: { is: "working" } }));
    await see(page.getByText(/Answered/)).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).click();
    await see(page.getByText("From now on allowed:")).toBeHidden();
    await see.poll(() => stage.called("removeRule")).toEqual([{ rule }]);
  });

  test("a request that somebody else has answered says who", async () => {
    const request = permission();
    const asking = worker("ana", { phase: { is: "asking", requests: [request] } });
    const page = await open([asking]);
    await see(page.getByRole("button", { name: "Allow once" })).toBeVisible();
    const entry = { seq: 1, at: 0, by: "manager", did: "answered", worker: asking.id, name: "ana", what: "" } as const;
    stage.becomes({
      ...teamOf({ ...asking, phase: { is: "working" } }),
      activity: [{ ...entry, ref: request.id, outcome: "allowed" }],
    });
    await see(page.getByText("Answered by the manager (allowed):")).toBeVisible();
  });

  test("of several requests each is answered by itself", async () => {
    const requests = [permission({ detail: "first" }), permission({ detail: "second" })];
    const page = await open([worker("ana", { phase: { is: "asking", requests } })], takesAnswers);
    const second = page.locator(".request").filter({ hasText: "second" });
    await second.getByRole("textbox").fill("not this one");
    await second.getByRole("button", { name: "Deny" }).click();
    await see(second.getByRole("button", { name: "Sent" })).toBeVisible();
    await see
      .poll(() => stage.called("answer"))
      .toMatchObject([{ request: requests[1]?.id, answer: { decision: "deny", reason: "not this one" } }]);
  });

  test("closing asks first when something would be lost, and its undo goes on with the same conversation", async () => {
    const one = worker("ana");
    const facts: Closing = { phase: "idle", requests: 0, queued: [], draft: "half", changes: null, resumable: true };
    const page = await open([one], { closing: async () => facts, close: async () => one, resume: async () => one });
    await page.getByRole("button", { name: "Close" }).click();
    await see(page.getByRole("dialog", { name: "Close ana?" })).toContainText("half");
    expect(stage.called("close")).toEqual([]);
    await page.getByRole("button", { name: "Close it" }).click();
    await see.poll(() => stage.called("close")).toEqual([{ worker: one.id, force: false }]);
    stage.becomes(teamOf({ ...one, phase: { is: "gone", reason: "closed by you" } }));
    await page.getByRole("button", { name: "Undo" }).click();
    await see.poll(() => stage.called("resume")).toMatchObject([{ worker: one.id }]);
  });

  test("closing asks again when more would be lost than was told, and forces nothing else", async () => {
    const one = worker("ana");
    let facts: Closing = { phase: "idle", requests: 0, queued: [], draft: "half", changes: null, resumable: true };
    const page = await open([one], { closing: async () => facts, close: async () => one });
    await page.getByRole("button", { name: "Close" }).click();
    const dialog = page.getByRole("dialog", { name: "Close ana?" });
    const closeIt = dialog.getByRole("button", { name: "Close it" });
    await see(dialog).toContainText("half");
    facts = { ...facts, phase: "working" };
    await closeIt.dblclick();
    await see(dialog.getByText("More would be lost now than a moment ago.")).toBeVisible();
    await see(dialog).toContainText("It is working. What it does now is broken off.");
    expect(stage.called("close")).toEqual([]);
    facts = { ...facts, phase: "idle" };
    await closeIt.click();
    await see.poll(() => stage.called("close")).toEqual([{ worker: one.id, force: false }]);
  });

  test("its undo comes with its end, so that nothing moves under the pointer afterwards; not when it could not be closed", async () => {
    const one = worker("ana");
    const facts: Closing = { phase: "idle", requests: 0, queued: [], draft: null, changes: null, resumable: true };
    const page = await open([one], { closing: async () => facts, close: () => new Promise(() => {}) });
    const close = page.getByRole("button", { name: "Close", exact: true });
    const gone = teamOf({ ...one, phase: { is: "gone", reason: "closed by you" } });
    await close.click();
    await see.poll(() => stage.called("close")).toHaveLength(1);
    stage.becomes(gone);
    await see(page.getByRole("button", { name: "Undo" })).toBeVisible();

    stage.becomes(teamOf(one));
    stage.answers({ close: () => Promise.reject(new TeamError("WORKER_BUSY", "ana is working")) });
    await close.click();
    await see(page.getByRole("alert")).toContainText("ana is working");
    stage.becomes(gone);
    await see(page.getByRole("button", { name: "Resume" })).toBeVisible();
  });

  test("one that was closed just now can be had back by the next key, and from wherever the person went", async () => {
    const [one, other] = [worker("ana"), worker("ben")];
    const facts: Closing = { phase: "idle", requests: 0, queued: [], draft: null, changes: null, resumable: true };
    const ended = { ...one, phase: { is: "gone", reason: "closed by you" } } as const;
    const page = await open([one, other], {
      closing: async () => facts,
      close: async () => {
        stage.becomes(teamOf(ended, other));
        return ended;
      },
      resume: async () => {
        stage.store.dispatch({ type: "worker.opened", worker: one });
        return one;
      },
    });
    const undo = page.getByRole("button", { name: "Undo" });
    const close = page.getByRole("button", { name: "Close", exact: true });
    await close.focus();
    await page.keyboard.press("Enter");
    await see(undo).toBeFocused();
    await see(undo).toHaveAccessibleDescription("ana is closed. Its conversation is kept.");
    await page.keyboard.press("Enter");
    await see(undo).toBeHidden();
    await see(close).toBeVisible();

    await close.click();
    await see(undo).toBeFocused();
    await page.keyboard.press("s");
    await see(page.getByRole("status").filter({ hasText: "ana is closed." })).toBeVisible();
    await shoot(page, "closed");
    await page.keyboard.press("ControlOrMeta+z");
    await see(undo).toBeHidden();
    expect(stage.called("resume")).toHaveLength(2);

    await page.getByRole("button", { name: "ana" }).click();
    await close.click();
    await see(undo).toBeFocused();
    await page.getByRole("button", { name: "ben" }).click();
    await see(undo).toBeHidden();
    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByRole("button", { name: "Resume" })).toBeVisible();
  });

  test("a long conversation: follows its end, keeps its place when older messages come, and is searched to its beginning", async () => {
    const one = worker("ana");
    const messages = longHistory(400);
    const page = await open([one], told({ [one.id]: messages }));
    const log = page.getByRole("log", { name: "Conversation" });
    await see(log).toContainText("Part 399 is done");
    messages.push(aMessage(400, { text: "One more." }));
    stage.becomes(teamOf({ ...one, messageCount: 401 }));
    await see(log.getByText("One more.")).toBeInViewport();

    await log.hover();
    const toEnd = page.getByRole("button", { name: "To the end" });
    await keptBusyByWheel(page);
    await page.mouse.wheel(0, -1500);
    await see(toEnd).toBeVisible();
    const seen = log.locator(".utterance").filter({ hasText: "Part 391 is done" });
    await seen.scrollIntoViewIfNeeded();
    const before = await restingTop(seen);
    const asked = stage.called("history").length;
    messages.push(aMessage(401, { text: "Unseen." }));
    stage.becomes(teamOf({ ...one, messageCount: 402 }));
    await see.poll(() => stage.called("history").length).toBeGreaterThan(asked);
    expect(Math.abs((await restingTop(seen)) - before)).toBeLessThan(2);
    await see(log.getByText("Unseen.")).toHaveCount(0);

    await log.press("Control+F");
    await page.getByRole("textbox", { name: "Search this conversation" }).fill("part 4 of the shop");
    await see(page.getByText("Not found")).toBeVisible();
    await page.getByRole("button", { name: "Search earlier messages too" }).click();
    await see(page.getByText("1 found")).toBeVisible();
    await page.keyboard.press("Enter");
    await see(log.getByText("Look at part 4 of the shop, please.")).toBeInViewport();
    await page.keyboard.press("Escape");
    await see(log).toBeFocused();
    await toEnd.click();
    await see(log.getByText("Unseen.")).toBeInViewport();
  });

  test("what came since a person looked begins with a line", async () => {
    const messages = longHistory(8);
    const one = worker("ana", { lookedAt: messages[5]?.at ?? null });
    const page = await open([one], told({ [one.id]: messages }));
    const line = page.getByText("New since you looked");
    await see(line).toBeVisible();
    expect(await line.evaluate((element) => element.parentElement?.dataset.seq)).toBe("6");
  });
});

/** The next wheel keeps the page from drawing for a second. */
const keptBusyByWheel = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const work = () => {
      const until = performance.now() + 1000;
      while (performance.now() < until);
    };
    addEventListener("wheel", work, { once: true, passive: true });
  });

/** Where it stands once two frames in a row agree. */
const restingTop = (element: Locator): Promise<number> =>
  element.evaluate(
    (row) =>
      new Promise<number>((resolve) => {
        const look = (before: number | undefined) => {
          const { top } = row.getBoundingClientRect();
          if (top === before) resolve(top);
          else requestAnimationFrame(() => requestAnimationFrame(() => look(top)));
        };
        look(undefined);
      }),
  );
