import { type Browser, chromium, type Page } from "playwright";
import { type Complaints, complaintsOf } from "./complaints.ts";

const quiet = ["gpu", "quic", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);

/** The Chromium at this path, that talks to nobody by itself. */
export const startChromium = (executablePath: string, ...more: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, args: ["--no-sandbox", "--no-first-run", ...quiet, ...more] });

/** Whether the specs of the panel run in the real Electron: a parameter of the run, so that no host needs specs of its own. */
export const inElectron = process.env.TEST_PANEL === "electron";

export interface Watched {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** What opens tabs: a browser, or whoever opens something like it. */
export type Tabs = Browser | (() => Promise<Page>);

/** A new tab with a storage of its own; nothing is loaded in it. */
export async function openTab(tabs: Tabs): Promise<Watched> {
  const page = await (typeof tabs === "function" ? tabs() : newTab(tabs));
  return { page, complaints: await complaintsOf(page) };
}

async function newTab(browser: Browser): Promise<Page> {
  const looks = { viewport: { width: 1180, height: 800 }, reducedMotion: "reduce", timezoneId: "UTC" } as const;
  const context = await browser.newContext(looks);
  context.setDefaultTimeout(20_000);
  // tsx (bench/) keeps functions' names by a helper, which those that run inside the page call too.
  await context.addInitScript("globalThis.__name = (named) => named");
  return context.newPage();
}

/** Lets the page read and write the clipboard. Electron's window may, and has no such command. */
export const allowClipboard = (page: Page): Promise<void> =>
  inElectron ? Promise.resolve() : page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
