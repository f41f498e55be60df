import type { Browser, Locator, Page } from "playwright";
import { expect as expectPage } from "playwright/test";
import { afterAll, afterEach, beforeAll, expect, type RunnerTestCase as Test } from "vitest";
import type { TeamState } from "../../contract/reduce.ts";
import type { Team } from "../../main/team/commands.ts";
import { appSettings, newWindow, startApp } from "../electron/panel-in-electron.ts";
import { chromiumPath } from "../needs.ts";
import { openTeam, type RealTeam, type TeamOptions } from "../real/team.ts";
import type { World } from "../real/world.ts";
import { complaintsOf } from "./complaints.ts";
import { openScripted, type Scripted } from "./scripted.ts";
import { inElectron, openTab, startChromium, type Tabs, type Watched } from "./tab.ts";

/** Playwright's own assertions, which wait. */
export const see = expectPage.configure({ timeout: 20_000 });

export const launchChromium = (...more: readonly string[]): Promise<Browser> => startChromium(chromiumPath(), ...more);

/** A section of the list, such as "Needs you"; its name ends with a count. */
export const section = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name} \\d`) });

/** Where it begins on the page, in pixels from the left. */
export const leftOf = async (element: Locator): Promise<number | undefined> => (await element.boundingBox())?.x;

/** Where `claude-team open` would lead: the panel, with a fresh code. */
export async function freshLink({ person }: Pick<RealTeam, "person">): Promise<string> {
  const { url } = (await person("open", {})) as { url: string };
  return url;
}

/** A team, and the person's page that shows it. */
export interface Panel extends RealTeam, Watched {
  /** Loads the page anew, as a person comes back to it. */
  reopen(): Promise<void>;
}

/** One team and one page for all specs of a block; after each the page must have nothing to complain about. */
export function sharedPanel(options: TeamOptions = {}): () => Panel {
  let panel: Panel | undefined;
  beforeAll(async () => {
    panel = await (inElectron ? appPanel(options) : browserPanel(options));
  });
  afterEach(async ({ task }) => {
    await tellOf(panel, task);
    expect(panel?.complaints.take()).toEqual([]);
  });
  afterAll(async () => {
    await panel?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!panel) throw new Error("the panel is not open");
    return panel;
  };
}

async function browserPanel(options: TeamOptions): Promise<Panel> {
  const [team, browser] = await Promise.all([openTeam(options), launchChromium()]);
  team.world.own({ [Symbol.asyncDispose]: () => browser.close() });
  const tab = await openTab(browser);
  const reopen = async () => {
    await tab.page.goto("about:blank");
    await tab.page.goto(await freshLink(team));
  };
  await reopen();
  return { ...team, ...tab, reopen };
}

/** The app is the server, and its page is already there. */
async function appPanel(options: TeamOptions): Promise<Panel> {
  const pages: Page[] = [];
  const start = async (world: World) => {
    const { server, page } = await startApp(world);
    pages.push(page);
    return server;
  };
  const team = await openTeam({ ...options, settings: { ...options.settings, ...appSettings }, start });
  const [page] = pages;
  if (!page) throw new Error("the app has no page");
  const reopen = async () => void (await page.reload());
  return { ...team, page, complaints: await complaintsOf(page), reopen };
}

/** What opens tabs for the specs of a block: one Chromium, or an Electron for each. */
export function sharedBrowser(): () => Tabs {
  return inElectron ? () => newWindow : sharedChromium();
}

/** Opens a page over a scripted team for each test of a block; after it the page must have nothing to complain about. */
export function scriptedPages(): (state?: Partial<TeamState>, answers?: Partial<Team>) => Promise<Scripted> {
  const tabs = sharedBrowser();
  let opened: Scripted | undefined;
  afterEach(async ({ task }) => {
    await tellOf(opened, task);
    expect(opened?.complaints.take()).toEqual([]);
    await opened?.page.context().close();
  });
  return async (state, answers) => {
    opened = await openScripted(tabs(), state, answers);
    return opened;
  };
}

/** Of a test that failed: what the page showed in the end. */
async function tellOf(
  shown: Watched | undefined,
  { name, result }: Readonly<Pick<Test, "name" | "result">>,
): Promise<void> {
  if (!shown || result?.state !== "fail") return;
  const page = await shown.page.locator("body").ariaSnapshot();
  process.stderr.write(`\nThe page at the end of "${name}":\n${page}\n\n`);
}

function sharedChromium(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error("the browser is not open");
    return browser;
  };
}
