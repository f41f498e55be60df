import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";

const run = promisify(execFile);

/**
 * The path of a Chromium: CLAUDE_TEAM_TEST_CHROMIUM, one on the PATH, macOS's Chrome, Playwright's own; else Debian's package
 * when we are root. Rejects with an Error that says what is missing and how to get it.
 */
export async function provideChromium(tell: (line: string) => void): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    tell("installing Debian's chromium (apt-get, once)");
    await installByApt();
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    "Chromium is missing. Install it (`sudo apt-get install chromium`, or Google Chrome), run `npx playwright install chromium`, " +
      "or set CLAUDE_TEAM_TEST_CHROMIUM to its binary.",
  );
}

function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [
    process.env.CLAUDE_TEAM_TEST_CHROMIUM ?? "",
    ...onPath,
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    chromium.executablePath(),
  ];
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there is the usual answer
  }
}

/** A failure shows in that Chromium is still not there. */
async function installByApt(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env }).catch(() => undefined);
  await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium"], { env }).catch(() => undefined);
}
