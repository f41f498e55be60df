import { spawn } from "node:child_process";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { World } from "./world.ts";

const downloadMs = 60_000;
const lookupMs = 2_000;

interface Machine {
  readonly linux: boolean;
  readonly root: boolean;
}

const thisMachine = (): Machine => ({ linux: process.platform === "linux", root: process.getuid?.() === 0 });

/** Electron's binary, fetched when it can be had within a minute; or why there is none, in words that follow "Electron". */
export async function findElectron(
  { env, err }: World,
  { linux, root }: Machine = thisMachine(),
): Promise<{ binary: string } | { why: string }> {
  const folder = packageFolder();
  if (!folder) return { why: "is not installed" };
  if (linux && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: "has no display here" };
  if (linux && root) return { why: "does not run as root" };
  const there = binaryIn(folder, env);
  if (there) return { binary: there };
  if (env.CI || env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { why: "has no binary, and none is fetched here" };
  if (!(await isOnline())) return { why: "has no binary, and it cannot be fetched offline" };
  err("Fetching Electron, once; at most a minute.\n");
  const fetched = (await fetchBinary(folder, env)) ? binaryIn(folder, env) : undefined;
  return fetched ? { binary: fetched } : { why: "could not be fetched" };
}

/** Importing the package itself would already fetch the binary (electron 45). */
function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  } catch {
    // A packed install has no Electron.
    return undefined;
  }
}

function binaryIn(folder: string, env: NodeJS.ProcessEnv): string | undefined {
  const told = join(folder, "path.txt");
  const name = existsSync(told) ? readFileSync(told, "utf8") : "electron";
  const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist"), name);
  return existsSync(binary) ? binary : undefined;
}

async function isOnline(): Promise<boolean> {
  const limit = AbortSignal.timeout(lookupMs);
  const found = lookup("github.com").then(
    () => true,
    () => false,
  );
  return Promise.race([found, once(limit, "abort").then(() => false)]);
}

async function fetchBinary(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const installer = spawn(process.execPath, [join(folder, "install.js")], {
    stdio: "ignore",
    timeout: downloadMs,
    env,
  });
  const [code] = await once(installer, "close");
  return code === 0;
}
