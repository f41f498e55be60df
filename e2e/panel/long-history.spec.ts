import type { Page } from "playwright";
import { expect, test } from "vitest";
import { needsChromium } from "../needs.ts";
import { longHistory, teamOf, told } from "./conversations.ts";
import { see, sharedBrowser } from "./panel.ts";
import { openScripted } from "./scripted.ts";
import { worker } from "./states.ts";

const length = 5000;
/** Far above what was measured, since the machine of the tests is shared: typing that a person notices fails it. */
const noticedMs = 100;

needsChromium("a conversation of five thousand messages, all of it loaded", () => {
  const browser = sharedBrowser();

  test("does not slow down typing or scrolling", async () => {
    const one = worker("ana");
    const { page, answers, becomes, complaints } = await openScripted(browser());
    answers(told({ [one.id]: longHistory(length) }));
    becomes(teamOf(one));
    await page.getByRole("button", { name: "ana" }).click();
    await see(page.getByText(`Part ${length - 1} is done`)).toBeVisible();
    await page.keyboard.press("Control+F");
    await loadAll(page);

    await page.evaluate(watch);
    const field = page.getByRole("textbox", { name: /^Message to/ });
    await field.pressSequentially(
      "The quick brown fox jumps over the lazy dog, and so on and on.\nagain".replace("\n", " "),
    );
    const typed = await page.evaluate(() => window.watched.keys);
    await scroll(page);
    const { frames, longest } = await page.evaluate(() => window.watched);
    const rows = await page.locator(".utterance").count();
    console.log(
      `key to paint: ${told3(typed)}; frames while scrolling: ${told3(frames)}; longest task ${longest} ms; ${rows} rows drawn`,
    );
    expect(rows).toBeLessThan(80);
    expect(at(typed, 0.95)).toBeLessThan(noticedMs);
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

const at = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
const told3 = (values: readonly number[]) =>
  `p50 ${at(values, 0.5).toFixed(0)}, p95 ${at(values, 0.95).toFixed(0)} ms of ${values.length}`;

declare global {
  interface Window {
    watched: { keys: number[]; frames: number[]; longest: number };
  }
}

/** Runs inside the page: how long from a key to the frame that shows it, and each frame's distance from the one before while scrolling. */
const watch = () => {
  const watched = { keys: [] as number[], frames: [] as number[], longest: 0 };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
  }).observe({ type: "longtask" });
  const painted = (tell: (now: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(performance.now());
      port2.postMessage(null);
    });
  addEventListener("keydown", ({ timeStamp }) => painted((now) => watched.keys.push(now - timeStamp)), true);
  let last = 0;
  addEventListener(
    "scroll",
    () =>
      painted((now) => {
        if (now - last < 500) watched.frames.push(now - last);
        last = now;
      }),
    true,
  );
};
