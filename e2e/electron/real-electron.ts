import { resolve } from "node:path";
import { type ElectronApplication, _electron as electron, type Page } from "playwright";
import { findElectron } from "./find-electron.ts";

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
