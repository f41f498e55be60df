import type { Browser, Page } from "playwright";
import { expect as expectPage } from "playwright/test";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { chromiumPath } from "../needs.ts";
import { openTeam, type RealTeam, type TeamOptions } from "../real/team.ts";
import { openTab, startChromium, type Watched } from "./tab.ts";

/** Playwright's own assertions, which wait. */
export const see = expectPage.configure({ timeout: 20_000 });

export const launchChromium = (...more: readonly string[]): Promise<Browser> => startChromium(chromiumPath(), ...more);

/** A section of the list, such as "Needs you"; its name ends with a count. */
export const section = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name} \\d`) });

/** Where `claude-team open` would lead: the panel, with a fresh code. */
export async function freshLink({ person }: Pick<RealTeam, "person">): Promise<string> {
  const { url } = (await person("open", {})) as { url: string };
  return url;
}

/** A team, and the person's page that shows it. */
export interface Panel extends RealTeam, Watched {
  readonly browser: Browser;
}

/** One team, one browser and one page for all specs of a block; after each the page must have nothing to complain about. */
export function sharedPanel(options: TeamOptions = {}): () => Panel {
  let panel: Panel | undefined;
  beforeAll(async () => {
    const [team, browser] = await Promise.all([openTeam(options), launchChromium()]);
    panel = { ...team, browser, ...(await openTab(browser)) };
    await panel.page.goto(await freshLink(team));
  });
  afterEach(() => {
    expect(panel?.complaints.take()).toEqual([]);
  });
  afterAll(async () => {
    await panel?.browser.close();
    await panel?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!panel) throw new Error("the panel is not open");
    return panel;
  };
}

/** One Chromium for the specs of a block. */
export function sharedBrowser(): () => Browser {
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
