import type { Page } from "playwright";
import { expect, test } from "vitest";
import { trace } from "../../bench/panel-trace.ts";
import { percentile } from "../../bench/row.ts";
import { needsChromium } from "../needs.ts";
import { longHistory, teamOf, told } from "./conversations.ts";
import { see, sharedBrowser } from "./panel.ts";
import { openScripted } from "./scripted.ts";
import { worker } from "./states.ts";

const length = 5000;
/** Twice what bench/ allows, which measures it with more messages and a whole team: in ms of processor time. */
const noticedMs = 16;
const longestMs = 100;

needsChromium("a conversation of five thousand messages, all of it loaded", () => {
  const browser = sharedBrowser();

  // Others may use this machine too; three bad measures in a row are ours.
  test("does not slow down typing or scrolling", { retry: 2 }, async () => {
    const one = worker("ana");
    const { page, answers, becomes, complaints } = await openScripted(browser());
    answers(told({ [one.id]: longHistory(length) }));
    becomes(teamOf(one));
    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByText(`Part ${length - 1} is done`)).toBeVisible();
    await page.keyboard.press("Control+F");
    await loadAll(page);

    const field = page.getByRole("textbox", { name: /^Message to/ });
    const typing = await trace(page, () => field.pressSequentially("The quick brown fox jumps over the lazy dog."));
    const scrolling = await trace(page, () => scroll(page));
    expect(await page.locator(".utterance").count()).toBeLessThan(80);
    for (const { frames, tasks } of [typing, scrolling]) {
      expect(percentile(frames, 0.95)).toBeLessThan(noticedMs);
      expect(Math.max(...tasks)).toBeLessThan(longestMs);
    }
    expect(complaints.take()).toEqual([]);
    await page.context().close();
  });
});

async function loadAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Search this conversation" }).click();
  await page.getByRole("textbox", { name: "Search this conversation" }).fill("part 0 of the shop");
  await page.getByRole("button", { name: "Search earlier messages too" }).click();
  await see(page.getByText("1 found")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("log").press("End");
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole("log").hover();
  for (let i = 0; i < 40; i++) await page.mouse.wheel(0, -400);
}
