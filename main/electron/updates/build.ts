import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Electron } from "../electron.ts";
import type { Build } from "./verdict.ts";

/** Looks at the running build. */
export async function inspectBuild(
  { app }: Electron,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<Build> {
  const packaged = app.isPackaged;
  return {
    packaged,
    feed: packaged && existsSync(join(process.resourcesPath, "app-update.yml")),
    signed: packaged && (platform === "darwin" ? await isSigned(process.execPath) : env.APPIMAGE !== undefined),
    optedOut: Boolean(env.CLAUDE_TEAM_NO_UPDATES),
  };
}

/** Whether a developer's identity signed it; Apple's updater refuses what is not, or only ad hoc. */
async function isSigned(binary: string): Promise<boolean> {
  try {
    const { stderr } = await promisify(execFile)("/usr/bin/codesign", ["--display", "--verbose=2", "--", binary]);
    return stderr.includes("Authority=Developer ID Application");
  } catch {
    return false; // codesign fails for what has no signature at all
  }
}
