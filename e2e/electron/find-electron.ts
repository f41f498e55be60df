import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Electron's binary, or why there is no use in one here. Importing the package would fetch it (electron 45). */
export function findElectron(env: NodeJS.ProcessEnv = process.env): { binary: string } | { why: string } {
  const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  const told = join(folder, "path.txt");
  const name = existsSync(told) ? readFileSync(told, "utf8") : "electron";
  const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist"), name);
  if (!existsSync(binary))
    return { why: "Electron's binary is not here (node node_modules/electron/install.js fetches it)" };
  const headless = process.platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  if (headless) return { why: "Electron has no display here (xvfb-run gives it one)" };
  if (process.platform === "linux" && process.getuid?.() === 0)
    return { why: "Electron's sandbox does not run as root" };
  return { binary };
}
