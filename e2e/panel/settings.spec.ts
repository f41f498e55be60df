import { expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Settings } from "../../contract/settings.ts";
import { needsChromium } from "../needs.ts";
import { leftOf, scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { checks, firstChecks, settingsOf, settled, stateOf, team } from "./states.ts";
import { allowClipboard } from "./tab.ts";

needsChromium("settings and the first run", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  /** A team whose settings change as they are told to. */
  async function open(state = stateOf(team)): Promise<Scripted> {
    stage = await openPage(state);
    const now = () => stage.store.state.settings ?? settled;
    const become = (values: Partial<Settings>, restart: string[] = []) => {
      const settings = { ...now(), values: { ...now().values, ...values }, restart };
      stage.store.dispatch({ type: "settings.changed", settings });
      return settings;
    };
    stage.answers({
      checks: async () => [...checks],
      configure: async (change) => become(change as Partial<Settings>, "port" in change ? ["port"] : []),
      removeRule: async ({ rule }) => {
        const same = (other: unknown) => JSON.stringify(other) === JSON.stringify(rule);
        become({ rules: now().values.rules.filter((each) => !same(each)) });
        return {};
      },
      addRule: async ({ rule }) => {
        become({ rules: [...now().values.rules, rule] });
        return { answered: 0 };
      },
      rotateToken: async () => ({}),
    });
    return stage;
  }
  const picture = (name: string) => shoot(stage.page, name);

  test("a change is made where it stands, counts at once, and says when it does not", async () => {
    const { page, called } = await open();
    await page.keyboard.press("s");
    await see(page.getByText("iTerm2 3.6.4, reached")).toBeVisible();
    const title = page.getByRole("heading", { level: 2, name: "Settings" });
    expect(await leftOf(title)).toBe(await leftOf(page.getByRole("heading", { name: "Setup" })));
    await picture("settings");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("combobox", { name: "Appearance" }).selectOption("dark");
    await see.poll(ground).not.toBe(light);
    await page.getByRole("switch", { name: "has finished" }).click();
    await see(page.getByRole("switch", { name: "has finished" })).not.toBeChecked();
    const port = page.getByRole("textbox", { name: "Port" });
    await port.fill("4600");
    await port.press("Enter");
    await see(page.getByText("Counts after claude-team is started again.")).toBeVisible();
    await page.getByRole("textbox", { name: "Folders that managers may use" }).fill("/Users/ana/code\n/srv\n");
    await page.getByRole("button", { name: "Shortcut from anywhere" }).click();
    await page.keyboard.press("Alt+Shift+KeyT");
    await see(page.getByRole("button", { name: "Shortcut from anywhere" })).toHaveText("⌥ ⇧ T");
    expect(called("configure")).toEqual([
      { appearance: "dark" },
      { notifications: { asking: true, finished: false, failed: true } },
      { port: 4600 },
      { allowedRoots: ["/Users/ana/code", "/srv"] },
      { globalShortcut: "Alt+Shift+T" },
    ]);
  });

  test("what is refused is said beside it; a broken file is said on top, with what still counts", async () => {
    const { page, answers, becomes } = await open();
    await page.keyboard.press("s");
    answers({
      configure: async () => {
        throw new TeamError("INPUT_INVALID", "✖ Too big: expected number to be <=200\n  → at maxWorkers");
      },
    });
    await page.getByRole("textbox", { name: "Most at a time" }).fill("999");
    await page.keyboard.press("Tab");
    await see(page.getByRole("alert").filter({ hasText: "Too big" })).toBeVisible();
    becomes(stateOf(team, { settings: settingsOf({}, { problem: "port: expected number, received string" }) }));
    await see(page.getByRole("alert").filter({ hasText: "the last good values count" })).toBeVisible();
    await picture("settings-broken");
  });

  test("a number that was cleared is what it was, and nothing is changed", async () => {
    const { page, called } = await open();
    await page.keyboard.press("s");
    const port = page.getByRole("textbox", { name: "Port" });
    await port.fill("");
    await port.press("Enter");
    await see(port).toHaveValue("4517");
    await port.fill("");
    await port.press("Tab");
    await see(port).toHaveValue("4517");
    expect(called("configure")).toEqual([]);
  });

  test("a rule is removed and put back; a new token needs a second look", async () => {
    const { page, called } = await open();
    await page.keyboard.press("s");
    await page.getByRole("button", { name: /^Remove the rule Bash: npm test/ }).click();
    await see(page.getByText("Removed:")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await see(page.getByRole("button", { name: /^Remove the rule/ })).toHaveCount(2);
    await page.getByRole("button", { name: "New token…" }).click();
    expect(called("rotateToken")).toEqual([]);
    await page.getByRole("button", { name: "Replace it" }).click();
    await see(page.getByText("The old one lets nobody in any more.")).toBeVisible();
    await page.getByRole("heading", { name: "Always allowed" }).scrollIntoViewIfNeeded();
    await picture("settings-rules");
  });

  test("a newcomer sees what is missing, and exactly what a fix would do before it is done", async () => {
    const { page, called, answers } = await open(stateOf([], { managers: 0, activity: [] }));
    answers({ checks: async () => [...firstChecks] });
    await page.reload();
    await see(page.getByRole("heading", { name: "Your team is empty" })).toBeVisible();
    await see(page.getByText("Enable Python API")).toBeVisible();
    await picture("first-run");
    await page.getByRole("button", { name: /^Fix: / }).click();
    const change = firstChecks[2]?.fix?.change ?? "";
    await see(page.getByText(change, { exact: true })).toBeVisible();
    await picture("first-run-fix");
    expect(called("fix")).toEqual([]);
    answers({ checks: async () => [...checks], fix: async () => checks[2] as (typeof checks)[number] });
    await page.getByRole("button", { name: "Do it" }).click();
    await see(page.getByText("Everything that claude-team needs is there.")).toBeVisible();
    expect(called("fix")).toEqual([{ name: "entry", change }]);
    await picture("empty");
  });

  test("the line for Claude Code is copied by a click", async () => {
    const { page } = await open(stateOf([], { managers: 0, activity: [] }));
    await allowClipboard(page);
    await page.getByRole("button", { name: /^Copy: Use claude-team to spawn/ }).click();
    await see(page.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("spawn two workers");
  });
});
