import { expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { longHistory, teamOf, told } from "./conversations.ts";
import { scriptedPages, see } from "./panel.ts";
import type { Scripted } from "./scripted.ts";
import { shoot } from "./shots.ts";
import { worker } from "./states.ts";

needsChromium("a conversation whose earlier messages cannot be read", () => {
  const openPage = scriptedPages();
  const ana = worker("ana", { messageCount: 400 });
  const sound = told({ [ana.id]: longHistory(400) });
  const missing = () => Promise.reject(new TeamError("TRANSCRIPT_MISSING", "ana.jsonl cannot be read"));
  const broken: Pick<Team, "history"> = {
    history: (input, by) => (input.to === undefined ? sound.history(input, by) : missing()),
  };

  async function open(answers: Partial<Team>) {
    const stage = await openPage(teamOf(ana), { ...sound, ...answers });
    await stage.page.getByRole("button", { name: "ana" }).first().click();
    return {
      ...stage,
      log: stage.page.getByRole("log"),
      tryAgain: stage.page.getByRole("button", { name: "Try again" }),
    };
  }

  /** How often the page has asked for earlier messages, once it had time to ask more often. */
  async function triesOf({ page, called }: Scripted): Promise<number> {
    for (let i = 0; i < 30; i++) await page.evaluate(() => new Promise(requestAnimationFrame));
    return called("history").filter(({ to }) => to !== undefined).length;
  }

  test("says so, keeps what it has, and asks again only when the person says so", async () => {
    const stage = await open(broken);
    const { page, log, tryAgain, answers, called } = stage;
    await see(log).toContainText("Part 399 is done");
    await log.press("Home");
    await see(page.getByRole("alert").filter({ hasText: "ana.jsonl cannot be read." })).toBeVisible();
    expect(await triesOf(stage)).toBe(1);
    await see(page.getByText("Nothing was said yet.")).toBeHidden();
    await see(log).toContainText("part 372");
    await shoot(page, "page-unreadable");

    await tryAgain.click();
    await see(log).toBeFocused();
    await see(tryAgain).toBeVisible();
    expect(await triesOf(stage)).toBe(2);
    answers(sound);
    await tryAgain.click();
    await see(tryAgain).toBeHidden();
    await see(page.getByText("cannot be read")).toBeHidden();
    await log.press("Home");
    await see(log).not.toContainText("part 372");
    expect(called("history").filter(({ to }) => to === 370)).toHaveLength(3);
  });

  test("a search through all of it stops there, and goes on when it is asked to", async () => {
    const stage = await open(broken);
    const { page, log, answers } = stage;
    await see(log).toContainText("Part 399 is done");
    await log.press("Control+F");
    const field = page.getByRole("textbox", { name: "Search this conversation" });
    await field.fill("part 4 of the shop");
    const further = page.getByRole("button", { name: "Search earlier messages too" });
    await further.click();
    await see(page.getByText("cannot be read")).toBeVisible();
    await see(further).toBeVisible();
    expect(await triesOf(stage)).toBe(1);
    answers(sound);
    await further.click();
    await see(page.getByText("1 found")).toBeVisible();
    await see(page.getByText("cannot be read")).toBeHidden();
    await see(field).toBeFocused();
  });

  test("that is gone as a whole is not called empty", async () => {
    const { page } = await open({ history: missing });
    await see(page.getByText("ana.jsonl cannot be read. The file may have been moved or deleted.")).toBeVisible();
    await see(page.getByText("Nothing was said yet.")).toBeHidden();
  });
});
