import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import type { ActivityEntry } from "../../contract/activity.ts";
import { needsChromium } from "../needs.ts";
import { leftOf, scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { activity, pictureTime, stateOf, team } from "./states.ts";

needsChromium("the activity of the team", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** The server knows more than the state holds, in pages of five. */
  async function open(): Promise<Scripted> {
    stage = await openPage(stateOf(team, { activity: activity.slice(-4) }));
    stage.answers({
      activity: async ({ before = Number.POSITIVE_INFINITY }) => {
        const older = [...activity].reverse().filter(({ seq }) => seq < before);
        return { entries: older.slice(0, 5), more: older.length > 5 };
      },
    });
    await stage.page.keyboard.press("a");
    await see(stage.page.getByRole("heading", { level: 2, name: "Activity" })).toBeVisible();
    return stage;
  }
  const lines = () => stage.page.locator(".entry");

  test("says who did what to whom, newest first, grows as it happens, and leads to the worker", async () => {
    const { page, store } = await open();
    await see(lines().first()).toContainText("tests asked");
    await see(lines().nth(1)).toContainText("You changed the settings");
    const entry: ActivityEntry = {
      ...(activity[4] as ActivityEntry),
      seq: 999,
      at: pictureTime,
      what: "Wants to use Bash: ls",
    };
    store.dispatch({ type: "activity.added", entry });
    await see(lines().first()).toContainText("A rule answered tests");
    const earlier = page.getByRole("button", { name: "Show earlier" });
    await see(async () => {
      if (await earlier.isVisible()) await earlier.click({ timeout: 1000 });
      await see(lines()).toHaveCount(activity.length + 1, { timeout: 1000 });
    }).toPass();
    const title = page.getByRole("heading", { level: 2, name: "Activity" });
    expect(await leftOf(title)).toBe(await leftOf(page.getByRole("searchbox", { name: "Search the activity" })));
    await shoot(page, "activity");
    await lines().first().getByRole("button", { name: "tests" }).click();
    await see(page.getByRole("heading", { level: 2, name: "tests" })).toBeVisible();
  });

  /** So many things that happened after those that stand there. */
  const happened = (count: number, after: number) =>
    Array.from({ length: count }, (_, i) => {
      const seq = after + 1 + i;
      return { ...(activity[4] as ActivityEntry), seq, at: pictureTime, what: `Thing ${seq}` };
    });

  test("loses nothing of what happens while it is open, nor while nobody sees it, on the page and in what is saved", async () => {
    stage = await openPage(stateOf(team, { activity: [] }));
    const all: ActivityEntry[] = [];
    stage.answers({
      activity: async ({ before = Number.POSITIVE_INFINITY, limit = 100 }) => {
        const older = all.filter(({ seq }) => seq < before).reverse();
        return { entries: older.slice(0, limit), more: older.length > limit };
      },
    });
    const { page, store } = stage;
    await page.keyboard.press("a");
    await see(page.getByText("Nothing has happened yet.")).toBeVisible();
    for (const entry of happened(120, 0)) {
      all.push(entry);
      store.dispatch({ type: "activity.added", entry });
    }
    await see(lines()).toHaveCount(120);

    all.push(...happened(130, 120));
    stage.becomes(stateOf(team, { activity: all.slice(-50) }));
    await see(lines()).toHaveCount(250);
    const things = Array.from({ length: 250 }, (_, i) => `Thing ${250 - i}`);
    expect(await page.locator(".entry-about > span:first-child").allTextContents()).toEqual(things);
    expect(JSON.parse((await saved("Save as JSON")).text).map(({ what }: ActivityEntry) => what)).toEqual(things);
  });

  const saved = async (name: string) => {
    const { page } = stage;
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { as: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };

  test("is narrowed, and what is left is saved as text and as JSON, from its beginning", async () => {
    const { page } = await open();
    await page.getByRole("combobox", { name: "By whom" }).selectOption("manager");
    await page.getByRole("searchbox", { name: "Search the activity" }).fill("spawned");
    await see(page.getByText("Nothing fits this filter.")).toBeVisible();
    const text = await saved("Save as text");
    expect(text.as).toBe("claude-team-activity.txt");
    expect(text.text.trim().split("\n")).toEqual([
      expect.stringContaining("The manager spawned tests: Run the tests"),
      expect.stringContaining("The manager spawned dates"),
    ]);
    const json = await saved("Save as JSON");
    expect((JSON.parse(json.text) as ActivityEntry[]).map(({ name }) => name)).toEqual(["dates", "tests"]);
  });
});
