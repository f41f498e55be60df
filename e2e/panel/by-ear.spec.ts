import type { Locator, Page } from "playwright";
import { test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import type { Worker } from "../../contract/worker.ts";
import { needsChromium } from "../needs.ts";
import { aPrompt, told } from "./conversations.ts";
import { scriptedPages, section, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { permission, stateOf, team, worker } from "./states.ts";

/** What a screen reader has: the tree of names and states, and what live regions say. */
needsChromium("by ear alone a person", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  async function open(workers: readonly Worker[]): Promise<Page> {
    stage = await openPage(stateOf(workers));
    stage.answers({ ...told(Object.fromEntries(workers.map(({ id }) => [id, [aPrompt(0, "Begin.")]]))) });
    return stage.page;
  }

  const judge = ({ id }: Worker, ...requests: Request[]) =>
    stage.store.dispatch({ type: "worker.judged", id, at: 0, why: [], phase: { is: "asking", requests } });

  test("hears at once who asks and what, wherever the panel is; what is answered is not said again", async () => {
    const [ana, ben] = [worker("ana", { phase: { is: "working" } }), worker("ben")];
    const page = await open([ana, ben]);
    const said = page.locator("[aria-live=assertive]");
    await page.keyboard.press("s");
    await see(said).toBeEmpty();
    const first = permission({ detail: "rm -rf dist" });
    judge(ana, first);
    await see(said).toHaveText("ana: Wants to use Bash: rm -rf dist");
    await see(page).toHaveTitle("(1) Claude Team");
    judge(ana, first, permission({ detail: "npm test" }));
    await see(said).toHaveText("ana: Wants to use Bash: npm test");
  });

  test("hears the same words again when they are asked again, and what a manager proposes", async () => {
    const ana = worker("ana", { phase: { is: "working" } });
    const page = await open([ana]);
    const said = page.locator("[aria-live=assertive]");
    const heard = await said.evaluateHandle(changesOf);
    const line = "ana: Wants to use Bash: npm test";
    const request = permission({ detail: "npm test" });
    judge(ana, permission({ detail: "npm test" }));
    await see.poll(() => heard.jsonValue()).toEqual([line]);
    judge(ana, request);
    await see.poll(() => heard.jsonValue()).toEqual([line, line]);
    const answer = { decision: "deny", reason: "Not now." } as const;
    judge(ana, { ...request, proposal: { answer, at: 0 } });
    await see(said).toHaveText(`${line}. The manager proposes: deny it, saying “Not now.”`);
  });

  test("hears politely what became of a message, what went wrong, and what was answered", async () => {
    const ana = worker("ana", { phase: { is: "working" } });
    const page = await open([ana]);
    await page.getByRole("button", { name: "ana" }).click();
    const receipt: Receipt = { id: "msg-1", text: "Go on.", at: 0, by: "person", state: "accepted", notes: [] };
    stage.store.dispatch({ type: "receipt.moved", id: ana.id, receipt });
    await see(politely(page.getByText("Waiting its turn"))).toHaveCount(1);
    stage.store.dispatch({ type: "receipt.moved", id: ana.id, receipt: { ...receipt, state: "submitted" } });
    await see(politely(page.getByText("Submitted"))).toHaveCount(1);
    const problem = { is: "api_error", text: "The API is overloaded", at: 0 } as const;
    const lastReply = { messageId: "m", text: "## Done\nAll tests pass.", at: 0 };
    stage.becomes(stateOf([{ ...ana, phase: { is: "idle" }, problem, lastReply }]));
    await see(politely(page.getByText("The API is overloaded").last())).toHaveCount(1);
    await see(politely(page.getByText("Claude: Done"))).toHaveCount(1);
  });

  test("is told by words what glyphs, colours and meters show", async () => {
    const page = await open(team);
    const row = (name: string) => section(page, name).getByRole("button").first();
    await see(row("Needs you")).toHaveAccessibleName(/^Needs you tests .*npm test -- --coverage/);
    await see(row("Working")).toHaveAccessibleName(/^Working dead-code .*1 waiting to be sent.*86 % of its context/);
    await see(row("Unread")).toHaveAccessibleName(/^Unread report /);
    await see(row("Idle")).toHaveAccessibleName(/^Idle docs /);
    await see(section(page, "Ended").getByRole("button", { name: "old-one" })).toHaveAccessibleName(/^Ended old-one/);
    await see(page.getByRole("navigation", { name: "Workers" })).toBeVisible();
    await see(page.getByRole("main")).toBeVisible();
    await row("Needs you").click();
    await see(page.getByRole("article", { name: "tests" })).toBeVisible();
    await see(page.getByRole("region", { name: "tests needs you" })).toBeVisible();
    await see(row("Needs you")).toHaveAttribute("aria-current", "page");
  });
});

/** The live region that it stands in. */
const politely = (text: Locator) => text.locator("xpath=ancestor-or-self::*[@aria-live='polite' or @role='status']");

/** What stands in it after each change from now on: what a screen reader is told. Runs inside the page. */
const changesOf = (region: Element): string[] => {
  const texts: string[] = [];
  const note = () => texts.push(region.textContent ?? "");
  new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
  return texts;
};
