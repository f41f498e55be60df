import { test } from "vitest";
import { needsChromium } from "../needs.ts";
import { aPrompt, teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import { pictureTime, worker } from "./states.ts";

/** A Chromium without a window says of every page that it has the focus. Runs inside the page. */
const haveFocus = (has: boolean) => {
  document.hasFocus = () => has;
  window.dispatchEvent(new Event(has ? "focus" : "blur"));
};

needsChromium("a person looks at a worker", () => {
  const openPage = scriptedPages();

  test("only while the page has the focus: in sight beside an editor it stays unread until they come back", async () => {
    const ana = worker("ana", { phase: { is: "working" }, lookedAt: pictureTime, lastActivity: pictureTime });
    const { page, store, answers } = await openPage(teamOf(ana));
    let focused = true;
    const looks: boolean[] = [];
    answers({
      ...told({ [ana.id]: [aPrompt(0, "Begin.")] }),
      look: async () => {
        looks.push(focused);
        return {};
      },
    });
    const row = page.getByRole("button", { name: "ana" }).first();
    await row.click();
    await see(page.getByRole("heading", { level: 2, name: "ana" })).toBeVisible();

    focused = false;
    await page.evaluate(haveFocus, false);
    store.dispatch({ type: "worker.judged", id: ana.id, at: pictureTime, why: [], phase: { is: "idle" } });
    await see(row).toContainText("Unread");
    focused = true;
    await page.evaluate(haveFocus, true);
    await see.poll(() => looks).toEqual([true]);
  });
});
