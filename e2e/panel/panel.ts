import { type Browser, chromium, type Page } from "playwright";
import { expect as expectPage } from "playwright/test";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { chromiumPath } from "../needs.ts";
import { openTeam, type RealTeam, type TeamOptions } from "../real/team.ts";
import { type Complaints, complaintsOf } from "./complaints.ts";

/** Playwright's own assertions, which wait. */
export const see = expectPage.configure({ timeout: 20_000 });

const quiet = ["gpu", "quic", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);

/** A Chromium that talks to nobody by itself. */
export const launchChromium = (...more: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--no-first-run", ...quiet, ...more],
  });

/** A section of the list, such as "Needs you"; its name ends with a count. */
export const section = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name} \\d`) });

export interface Watched {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** A new tab with a storage of its own; nothing is loaded in it. */
export async function openTab(browser: Browser): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return { page, complaints: await complaintsOf(page) };
}

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
