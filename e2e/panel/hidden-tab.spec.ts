import type { Page } from "playwright";
import { expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { section, see, sharedPanel } from "./panel.ts";

/** A Chromium without a window calls every page visible. Runs inside the page. */
const beSeen = (seen: boolean) => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (seen ? "visible" : "hidden") });
  document.dispatchEvent(new Event("visibilitychange"));
};

/** Hides the page, until main knows: it takes a page's frames in order, so what it answers after that it answers to a hidden one. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(beSeen, false);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await see(page.getByRole("region", { name: "at a glance" }).locator("pre")).not.toBeEmpty();
}

/** The events that come to the page, by their type, from its next load on. What answers its own calls is left out. */
function eventsOf(page: Page): string[] {
  const events: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const { event } = JSON.parse(String(payload)) as { event?: { type: string } };
      if (event) events.push(event.type);
    }),
  );
  return events;
}

/** Of a window of Electron's main knows by itself whether it is seen: main/electron/page-window.test.ts. */
needsClaudeAndChromium("a tab that nobody sees", () => {
  const panel = sharedPanel();

  test("is sent nothing while its workers work, but who asks; seen again, it is up to date", async () => {
    const { page, manager, spawn, reopen } = panel();
    const events = eventsOf(page);
    await spawn({ session_name: "ana", prompt: "[[text:One]]" });
    await manager.call("get_response", { session_id: "ana" });
    await reopen();
    await see(section(page, "Unread")).toContainText("One");

    await hide(page);
    events.length = 0;
    const ask = (message: string, wait_for_response = true) =>
      manager.call("send_message", { session_id: "ana", message, wait_for_response });
    await ask("[[text:Two]]");
    await ask("[[text:Three]]");
    expect(events).toEqual([]);

    await ask("[[bash:touch it]]");
    await see.poll(() => page.title()).toBe("(1) Claude Team");
    expect(events).toEqual(["worker.judged"]);

    await page.evaluate(beSeen, true);
    await see.poll(() => events.slice(0, 2)).toEqual(["worker.judged", "team.snapshot"]);
    await see(section(page, "Needs you")).toContainText("touch it");
  });
});
