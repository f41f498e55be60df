import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../contract/message.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { Request } from "../../contract/request.ts";
import { type Worker, workerId } from "../../contract/worker.ts";
import type { Team } from "../../main/team/commands.ts";
import { needsChromium } from "../needs.ts";
import { faultsOf } from "./axe.ts";
import { differenceFrom, whyNotComparable } from "./baseline.ts";
import { aPrompt, aScreen, longHistory, teamOf, told } from "./conversations.ts";
import { bringLetters, foreignLetters, plainLetters, spellSigns } from "./letters.ts";
import { launchChromium, see } from "./panel.ts";
import { openScripted } from "./scripted.ts";
import { activity, checks, permission, pictureTime, question, stateOf, team, worker } from "./states.ts";

/** A main state of the popover: a team, what it answers, and the way there. */
interface State {
  readonly team: Partial<TeamState>;
  readonly answers?: Partial<Team>;
  reach(page: Page): Promise<unknown>;
}

/** Its id stands on its page, and must not depend on how many were made before. */
const rounding = (patch: Partial<Worker> = {}) => worker("rounding", { id: workerId.parse("worker-1"), ...patch });
const plan = "# Round once\n\n1. Add up\n2. Round\n3. **Test** both";

/** One worker's page, with what was said there. */
function onPageOf(
  one: Worker,
  messages: readonly Message[],
  reach: State["reach"],
  answers: Partial<Team> = {},
): State {
  return {
    team: teamOf(one),
    answers: { ...told({ [one.id]: messages }), ...answers },
    async reach(page) {
      await page.getByRole("button", { name: one.name }).first().click();
      await see(page.getByRole("log")).toContainText(messages.at(-1)?.text ?? "");
      await reach(page);
    },
  };
}

const begun = [aPrompt(0, "The cart rounds wrongly. Find out why.")];

const asking = (request: Request, sees: string) =>
  onPageOf(rounding({ phase: { is: "asking", requests: [request] } }), begun, (page) =>
    see(page.getByRole("region", { name: "rounding needs you" })).toContainText(sees),
  );

const screen = aScreen(
  [
    [
      { text: "> ", fg: 2 },
      { text: "Update(src/total.ts)", bold: true },
    ],
    "  Added 2 lines, removed 1 line",
    [{ text: "     12 -   lines.map(round).reduce(add, 0);", bg: "#4a2020" }],
    [{ text: "     12 +   round(lines.reduce(add, 0));", bg: "#1d3b26" }],
    "",
    "> 412 tests pass",
  ],
  { cursor: { row: 5, col: 16 } },
);

const states: Readonly<Record<string, State>> = {
  list: { team: stateOf(team), reach: (page) => see(page.getByText("3 working · 2 unread")).toBeVisible() },
  empty: {
    team: stateOf([], { managers: 0, activity: [] }),
    answers: { checks: async () => [...checks] },
    reach: (page) => see(page.getByText("Everything that claude-team needs is there.")).toBeVisible(),
  },
  conversation: onPageOf(rounding(), longHistory(8), (page) =>
    see(page.locator(".code-keyword").first()).toBeVisible(),
  ),
  permission: asking(permission(), "npm test -- --coverage"),
  question: asking(question("Which date library should the new code use?"), "Temporal"),
  plan: asking(permission({ tool: "ExitPlanMode", title: "", detail: plan }), "Round once"),
  terminal: onPageOf(
    rounding(),
    begun,
    async (page) => {
      await page.getByRole("tab", { name: "Terminal" }).click();
      await see(page.getByRole("region", { name: /^Screen of/ })).toContainText("412 tests pass");
    },
    { screen: async ({ after }) => (after === undefined ? screen : new Promise(() => {})) },
  ),
  settings: {
    team: stateOf(team),
    answers: { checks: async () => [...checks] },
    async reach(page) {
      await page.keyboard.press("s");
      await see(page.getByText("iTerm2 3.6.4, reached")).toBeVisible();
    },
  },
  spawn: {
    team: stateOf(team),
    answers: { projects: async () => [{ path: "/Users/ana/code/shop", at: pictureTime }] },
    async reach(page) {
      await page.keyboard.press("c");
      await see(page.getByRole("dialog", { name: "New worker" })).toBeVisible();
    },
  },
  activity: {
    team: stateOf(team),
    answers: { activity: async () => ({ entries: [...activity].reverse(), more: false }) },
    async reach(page) {
      await page.keyboard.press("a");
      await see(page.locator(".entry")).toHaveCount(activity.length);
    },
  },
};

needsChromium("the main states look as they did, and axe finds nothing in them", () => {
  let browser: Browser;
  let why: string | undefined;
  beforeAll(async () => {
    browser = await launchChromium(...plainLetters);
    why = await whyNotComparable(browser.version());
    if (why !== undefined) console.log(`pictures are not compared: ${why}`);
  });
  afterAll(() => browser?.close());

  test.for(Object.entries(states))("%s, light and dark", async ([name, { team, answers, reach }], { skip }) => {
    skip(why !== undefined, why);
    const { page } = await openScripted(browser, team, answers);
    await page.setViewportSize({ width: 420, height: 640 });
    await bringLetters(page);
    await spellSigns(page);
    await reach(page);
    const wrong: (string | undefined)[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      wrong.push(await differenceFrom(`${name}-${colorScheme}`, await restingPicture(page)));
    }
    wrong.push(...(await foreignLetters(page)), ...(await faultsOf(page)));
    expect(wrong.filter((fault) => fault !== undefined)).toEqual([]);
    await page.context().close();
  });
});

/** The page's picture once it is the same twice. */
async function restingPicture(page: Page): Promise<Buffer> {
  const take = () => page.screenshot({ animations: "disabled", caret: "hide" });
  let picture = await take();
  for (;;) {
    const next = await take();
    if (next.equals(picture)) return next;
    picture = next;
  }
}
