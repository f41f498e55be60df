import { chromium } from "playwright";
import { installByApt, isExecutable, mayInstall, onPath } from "../programs.ts";

/**
 * The path of a Chromium: CLAUDE_TEAM_TEST_CHROMIUM, one on the PATH, macOS's Chrome, Playwright's own; else Debian's package
 * when we are root. Rejects with an Error that says what is missing and how to get it.
 */
export async function provideChromium(tell: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (mayInstall()) {
    tell("installing Debian's chromium (apt-get, once)");
    await installByApt("chromium");
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    "Chromium is missing. Install it (`sudo apt-get install chromium`, or Google Chrome), run `npx playwright install chromium`, " +
      "or set CLAUDE_TEAM_TEST_CHROMIUM to its binary.",
  );
}

function findChromium(): string | undefined {
  const candidates = [
    process.env.CLAUDE_TEAM_TEST_CHROMIUM ?? "",
    onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable") ?? "",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    chromium.executablePath(),
  ];
  return candidates.find(isExecutable);
}
