import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { type ElectronApplication, _electron as electron, type Page } from "playwright";

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

/** Starts the built app in the real Electron. */
export function launchElectron(env: NodeJS.ProcessEnv): Promise<ElectronApplication> {
  const found = findElectron();
  if ("why" in found) throw new Error(found.why);
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return electron.launch({
    executablePath: found.binary,
    args: [resolve(import.meta.dirname, "../..")],
    env: Object.fromEntries(set),
  });
}

/** The page that a person sees, once one is: of the popover, or of the window where there is no icon. */
export async function visiblePage(app: ElectronApplication): Promise<Page> {
  await app.evaluate(async ({ app, BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows();
    if (windows.some((window) => window.isVisible())) return;
    await new Promise<void>((resolve) => {
      for (const window of windows) window.once("show", () => resolve());
      app.on("browser-window-created", (_event, window) => window.once("show", () => resolve()));
    });
  });
  for (const page of app.windows()) {
    const window = await app.browserWindow(page);
    if (await window.evaluate((shown) => shown.isVisible())) return page;
  }
  throw new Error("no window is visible");
}
