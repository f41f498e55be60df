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
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  return { page, complaints: await complaintsOf(page) };
}
