import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The first of these names on the PATH, absolute; undefined when none is there. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there is the usual answer
  }
}

/** Whether Debian's packages may be installed without asking anybody. */
export const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync("/etc/debian_version");

/** A mirror that stutters, or another apt-get at work, is no reason to fail. */
const patience = ["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=120"];

/** Installs Debian's packages; a failure shows in that their programs are still not there. */
export async function installByApt(...packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", [...patience, "update", "-q"], { env }).catch(() => undefined);
  await run("apt-get", [...patience, "install", "-q", "-y", "--no-install-recommends", ...packages], { env }).catch(
    () => undefined,
  );
}
