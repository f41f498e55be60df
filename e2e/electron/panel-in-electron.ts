import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ElectronApplication, Page } from "playwright";
import { type Server, tokensOf } from "../real/server.ts";
import type { World } from "../real/world.ts";
import { createPerson } from "./person.ts";
import { launchElectron, visiblePage } from "./real-electron.ts";

/** An empty window of Electron's own Chromium, as a browser's tab; closing its context ends its Electron. */
export async function newWindow(): Promise<Page> {
  const person = await createPerson();
  const app = await launchElectron({ ...process.env, ...person.env, TZ: "UTC" });
  app.once("close", () => void person.remove());
  await app.evaluate(openBlank, blank);
  const isIt = (page: Page) => page.url() === blank;
  const page = app.windows().find(isIt) ?? (await app.waitForEvent("window", { predicate: isIt }));
  await asTab(page);
  return page;
}

/** Told from the app's own windows, which are blank at first too. */
const blank = "about:blank#spec";

/** Runs inside Electron. A session of its own: what the app denies its page is for other specs. */
const openBlank = ({ BrowserWindow }: typeof import("electron"), url: string) =>
  new BrowserWindow({ webPreferences: { sandbox: true, partition: "spec" } }).loadURL(url);

/** As wide and as quiet as the tabs of Chromium. */
async function asTab(page: Page): Promise<void> {
  page.context().setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1180, height: 800 });
  await page.emulateMedia({ reducedMotion: "reduce" });
}

/** The app with its own page, in place of a server and a browser. */
export interface RunningApp {
  readonly server: Server;
  readonly page: Page;
}

/** What the app must find in its settings to be one of many on this machine. */
export const appSettings = { port: 0, terminal: "pty" };

/** Starts the built app in a world whose settings are written. It ends with the world. */
export async function startApp(world: World): Promise<RunningApp> {
  // Pinned: whatever else happens on this desktop takes the focus.
  await mkdir(join(world.teamHome, "app"), { mode: 0o700 });
  await writeFile(join(world.teamHome, "app/shell.json"), JSON.stringify({ pinned: true }));
  const app = await launchElectron({ ...process.env, ...world.env });
  const life = world.own(lifeOf(app));
  const page = await visiblePage(app);
  await asTab(page);
  await page.getByRole("navigation", { name: "Workers" }).waitFor();
  const { port } = JSON.parse(await readFile(join(world.teamHome, "server.json"), "utf8"));
  const url = `http://127.0.0.1:${port}/mcp`;
  const facts = { url, panel: page.url(), pid: app.process().pid ?? 0, log: () => "" };
  return { page, server: { ...facts, ...(await tokensOf(world)), ...life } };
}

function lifeOf(app: ElectronApplication) {
  const ended = new Promise<void>((resolve) => app.once("close", () => resolve()));
  const end = async () => {
    // Its end breaks off the call.
    await app.evaluate(({ app }) => app.exit(0)).catch(() => {});
    await ended;
  };
  return { ended, stop: end, kill: end, [Symbol.asyncDispose]: end };
}
