import { expect, test } from "vitest";
import type { Check } from "../../contract/check.ts";
import type { Worker } from "../../contract/worker.ts";
import { needsChromium } from "../needs.ts";
import { scriptedPages, section, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { checks, permission, stateOf, team, worker } from "./states.ts";

needsChromium("the list of workers", () => {
  const openPage = scriptedPages();
  let stage: Scripted;

  const open = async (state = stateOf(team)) => {
    stage = await openPage(state);
    return stage;
  };
  const rows = () => stage.page.locator(".row-name");
  const row = (name: string) =>
    stage.page.locator(".row").filter({ has: stage.page.locator(".row-name", { hasText: name }) });
  const byName = (name: string) => team.find((each) => each.name === name) as Worker;
  const picture = (name: string) => shoot(stage.page, name);

  test("says of each worker what matters now, how full its context is, and what waits for it", async () => {
    const { page } = await open();
    await see(section(page, "Needs you").getByRole("button")).toHaveText([
      /npm test -- --coverage/,
      /Which date library/,
    ]);
    await see(row("dead-code")).toContainText("grep -rn legacyTotal src");
    await see(row("dead-code")).toContainText("1 waiting to be sent");
    await see(row("dead-code")).toContainText("86 % of its context is used");
    await see(row("report")).toContainText("412 tests pass and one fails: cart.test.ts.");
    await see(page.getByText("3 working · 2 unread")).toBeVisible();
    await picture("list");
  });

  test("is filtered from the keyboard: / leads there, Esc clears and then leaves", async () => {
    const { page } = await open();
    const field = page.getByRole("searchbox", { name: "Filter workers" });
    await page.keyboard.press("/");
    await see(field).toBeFocused();
    await page.keyboard.type("s:asking");
    await see(rows()).toHaveText(["tests", "dates"]);
    await page.keyboard.press("Escape");
    await see(field).toHaveValue("");
    await page.keyboard.type("repo:platform migrate");
    await see(rows()).toHaveCount(1);
    await page.keyboard.press("ArrowDown");
    await see(row("migrate")).toBeFocused();
    await page.keyboard.press("/");
    await page.keyboard.type(" nobody");
    await see(page.getByText("No worker fits")).toBeVisible();
    await picture("list-nobody");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await see(field).not.toBeFocused();
    await see(rows()).toHaveCount(team.length);
  });

  test("N leads to the next one that needs the person, round and round; so does the button", async () => {
    const { page } = await open();
    const shown = (name: string) => see(page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
    await page.keyboard.press("n");
    await shown("tests");
    await see(page.getByRole("article", { name: "tests" })).toBeFocused();
    await page.keyboard.press("n");
    await shown("dates");
    await page.getByRole("button", { name: "2 need you" }).click();
    await shown("tests");
    await page.keyboard.press("l");
    await see(row("tests")).toBeFocused();
  });

  test("is grouped by repository with G, also after the page was loaded again", async () => {
    const { page } = await open();
    await page.keyboard.press("g");
    await see(section(page, "shop").locator(".row-name").first()).toHaveText("tests");
    await see(section(page, "site").getByRole("button")).toHaveCount(1);
    await picture("list-by-repository");
    await page.reload();
    await see(section(page, "platform")).toBeVisible();
    await page.getByRole("button", { name: "Group by repository" }).click();
    await see(section(page, "Needs you")).toBeVisible();
  });

  test("moves no row while the pointer is on it: what happens shows in place, and goes to its section afterwards", async () => {
    const { page, store } = await open();
    await row("dead-code").hover();
    const { id } = byName("dead-code");
    store.dispatch({ type: "worker.judged", id, at: 0, why: [], phase: { is: "asking", requests: [permission()] } });
    await see(row("dead-code")).toContainText("Needs you");
    await see(section(page, "Working").getByRole("button", { name: "dead-code" })).toBeVisible();
    await page.mouse.move(900, 500);
    await see(section(page, "Needs you").getByRole("button", { name: "dead-code" })).toBeVisible();
  });

  test("arrow keys move, Return opens, Delete takes an ended one off the list and harms no other", async () => {
    const { page, called, answers, store } = await open();
    answers({
      dismiss: async ({ worker: id }) => {
        store.dispatch({ type: "worker.dismissed", id: id as Worker["id"] });
        return {};
      },
    });
    await page.keyboard.press("ArrowDown");
    await see(row("tests")).toBeFocused();
    await page.keyboard.press("End");
    await see(row("old-one")).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Delete");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Delete");
    await see(row("old-one")).toBeHidden();
    await see(row("readme")).toBeFocused();
    expect(called("dismiss")).toEqual([{ worker: byName("old-one").id }]);
    await page.keyboard.press("Enter");
    await see(page.getByRole("heading", { level: 2, name: "readme" })).toBeVisible();
  });

  test("Delete held down takes off one ended worker, not all of them", async () => {
    const ended = ["one", "two", "three"].map((name) => worker(name, { phase: { is: "gone", reason: "ended" } }));
    const { page, called, answers } = await open(stateOf(ended));
    answers({ dismiss: async () => ({}) });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.down("Delete");
    await page.keyboard.down("Delete");
    await page.keyboard.up("Delete");
    await see(row("two")).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("Delete");
    const [first, , last] = ended.map(({ id }) => ({ worker: id }));
    await see.poll(() => called("dismiss")).toEqual([first, last]);
  });

  test("Space shows at a glance what was said and what the screen shows, goes along with the arrows, and marks nothing as read", async () => {
    const { page, called, answers } = await open();
    answers({
      status: async ({ worker: id }) => ({
        worker: team.find((each) => each.id === id) as Worker,
        screen: id === byName("report").id ? ["❯ npm test", "412 passed"] : null,
        screenError: null,
      }),
    });
    await row("report").focus();
    await page.keyboard.press("Space");
    const peek = (name: string) => page.getByRole("region", { name: `${name} at a glance` });
    await see(peek("report")).toContainText("412 tests pass and one fails");
    await see(peek("report")).toContainText("❯ npm test");
    await picture("list-glance");
    await page.keyboard.press("ArrowUp");
    await see(peek("newcomer")).toContainText("There is nothing to see yet.");
    await see(peek("report")).toBeHidden();
    await page.keyboard.press("Home");
    await see(peek("tests")).toContainText("npm test -- --coverage");
    await page.keyboard.press("Escape");
    await see(peek("tests")).toBeHidden();
    await see(row("tests")).toBeFocused();
    await see(row("report")).toContainText("Unread");
    await see(page.getByRole("article")).toHaveCount(0);
    expect(called("look")).toEqual([]);
  });

  test("all ended ones are cleared at once, after a second look when they are several", async () => {
    const ended = ["one", "two"].map((name) => worker(name, { phase: { is: "gone", reason: "closed by you" } }));
    const { page, called, answers, store } = await open(stateOf([...team, ...ended]));
    answers({
      dismiss: async ({ worker: id }) => {
        store.dispatch({ type: "worker.dismissed", id: id as Worker["id"] });
        return {};
      },
    });
    await page.getByRole("button", { name: "Clear all ended" }).click();
    await see(page.getByRole("dialog", { name: "Take 3 ended workers off the list?" })).toBeVisible();
    expect(called("dismiss")).toEqual([]);
    await picture("list-clear");
    await page.getByRole("button", { name: "Take them off" }).click();
    await see(section(page, "Ended")).toBeHidden();
    await see(page.getByRole("dialog")).toBeHidden();
    expect(called("dismiss")).toHaveLength(3);
    await see(rows()).toHaveCount(team.length - 1);
  });

  test("one that ends while the second look is open is not cleared with those that it named", async () => {
    const [one, two, three] = ["one", "two", "three"].map((name) =>
      worker(name, { phase: name === "three" ? { is: "working" } : { is: "gone", reason: "closed by you" } }),
    ) as [Worker, Worker, Worker];
    const { page, called, answers, store } = await open(stateOf([one, two, three]));
    answers({
      dismiss: async ({ worker: id }) => {
        store.dispatch({ type: "worker.dismissed", id: id as Worker["id"] });
        return {};
      },
    });
    await page.getByRole("button", { name: "Clear all ended" }).press("Enter");
    const crashed = { is: "gone", reason: "ended by SIGSEGV" } as const;
    store.dispatch({ type: "worker.judged", id: three.id, at: 0, why: [], phase: crashed });
    await see(section(page, "Ended").getByText("three")).toBeVisible();
    await page.getByRole("dialog", { name: "Take 2 ended workers off the list?" }).waitFor();
    await page.getByRole("button", { name: "Take them off" }).click();
    await see(page.getByRole("dialog")).toBeHidden();
    await see(rows()).toHaveText(["three"]);
    expect(called("dismiss")).toEqual([{ worker: one.id }, { worker: two.id }]);
  });

  test("says at its foot what to do when nobody leads, by what is known of Claude Code's entry", async () => {
    const { page, becomes, answers } = await open(stateOf(team, { managers: 0 }));
    const foot = page.locator("footer");
    await see(foot.getByRole("status")).toHaveText("No manager is connected");
    const entered = (patch: Partial<Check>) =>
      answers({ checks: async () => checks.map((each) => (each.name === "entry" ? { ...each, ...patch } : each)) });
    entered({ state: "note" });
    await page.reload();
    const setUp = foot.getByRole("button", { name: "Set up Claude Code" });
    await see(setUp).toBeVisible();
    await picture("list-nobody-leads");
    await setUp.click();
    await see(page.getByRole("article", { name: "Settings" })).toBeVisible();
    entered({ state: "ok", entry: "claude-team-demo" });
    await page.getByRole("button", { name: "Check again" }).click();
    await see(foot.getByRole("status")).toHaveText(
      "No manager is connected. Start Claude Code, or type /mcp reconnect claude-team-demo in it",
    );
    becomes(stateOf(team));
    await see(foot.getByRole("status")).toHaveText("A manager is connected");
  });

  test("in a popover the page takes its place; Esc leads back, and then away; the app can lead to a worker", async () => {
    const { page, told, goTo } = await open();
    await page.setViewportSize({ width: 420, height: 640 });
    await row("docs").click();
    await see(row("docs")).toBeHidden();
    await page.keyboard.press("Escape");
    await see(row("docs")).toBeFocused();
    expect(told).toEqual(["hello"]);
    await page.keyboard.press("Escape");
    await see.poll(() => told).toEqual(["hello", "dismiss"]);
    await goTo(byName("report").id);
    await see(page.getByRole("heading", { level: 2, name: "report" })).toBeVisible();
    await goTo("settings");
    await see(page.getByRole("article", { name: "Settings" })).toBeVisible();
    await page.keyboard.press("Escape");
    await see(page.getByRole("heading", { level: 2, name: "report" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    await see(page.getByRole("article", { name: "Activity" })).toBeFocused();
    await page.keyboard.press("Escape");
    await see(row("tests")).toBeFocused();
  });

  test("? shows every key; names and sentences from outside stay words", async () => {
    const bad = worker('<img src=x onerror="alert(1)">\u202eevil', {
      branch: "<script>alert(1)</script>",
      phase: { is: "working" },
      activity: "\u001b[31m<b>bold</b>",
    });
    const { page } = await open(stateOf([bad]));
    await see(rows()).toHaveText(['<img src=x onerror="alert(1)">\\u{202e}evil']);
    await see(rows().locator("xpath=ancestor::button")).toContainText("<b>bold</b>");
    expect(await page.locator(".team img, .team script, .team b").count()).toBe(0);
    await page.keyboard.press("?");
    await see(page.getByRole("dialog", { name: "Keys" })).toContainText("The next worker that needs you");
    await picture("keys");
    await page.keyboard.press("Escape");
    await see(page.getByRole("dialog")).toBeHidden();
  });
});
