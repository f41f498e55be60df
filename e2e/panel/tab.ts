import { type Browser, chromium, type Page } from "playwright";
import { type Complaints, complaintsOf } from "./complaints.ts";

const quiet = ["gpu", "quic", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);

/** The Chromium at this path, that talks to nobody by itself. */
export const startChromium = (executablePath: string, ...more: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath, args: ["--no-sandbox", "--no-first-run", ...quiet, ...more] });

export interface Watched {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** A new tab with a storage of its own; nothing is loaded in it. */
export async function openTab(browser: Browser): Promise<Watched> {
  const looks = { viewport: { width: 1180, height: 800 }, reducedMotion: "reduce", timezoneId: "UTC" } as const;
  const context = await browser.newContext(looks);
  context.setDefaultTimeout(20_000);
  // tsx (bench/) keeps functions' names by a helper, which those that run inside the page call too.
  await context.addInitScript("globalThis.__name = (named) => named");
  const page = await context.newPage();
  return { page, complaints: await complaintsOf(page) };
}
