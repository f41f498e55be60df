import type { BrowserWindow, BrowserWindowConstructorOptions } from "electron";
import type { TeamEvent } from "../../contract/events.ts";
import type { Pipe } from "../../contract/frame.ts";
import type { Electron } from "./electron.ts";
import { openPageLine, type PageLine } from "./ipc-pipe.ts";
import { pageUrl } from "./page-files.ts";

export interface PageDeps {
  /** The built preload; absolute. */
  readonly preload: string;
  accepted(pipe: Pipe): void;
  snapshot(): TeamEvent;
  report(where: string, cause: unknown): void;
}

/** A window with our page in it; the page sleeps while the window is hidden. */
export interface PageWindow {
  readonly window: BrowserWindow;
  readonly goTo: PageLine["goTo"];
  /** To be called before it is shown. */
  wake(): void;
  /** To be called when it is hidden. */
  sleep(): void;
}

/** A page that crashes again sooner than this is loaded again only when it is looked for. */
const crashLoopMs = 10_000;

/** Opens a window, hidden, with our page in the sandbox. Its line ends with it. */
export function openPageWindow(
  electron: Electron,
  options: BrowserWindowConstructorOptions,
  { preload, accepted, snapshot, report }: PageDeps,
  dismissed: () => void,
): PageWindow {
  const window = new electron.BrowserWindow({
    title: "Claude Team",
    show: false,
    backgroundColor: electron.nativeTheme.shouldUseDarkColors ? "#1c1c1e" : "#ffffff",
    ...options,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // Chromium would fetch dictionaries; macOS has its own.
      spellcheck: process.platform === "darwin",
    },
  });
  const contents = window.webContents;
  const line = openPageLine(electron.ipcMain, contents, { accepted, dismissed });
  let crashedAt: number | undefined;

  contents.on("render-process-gone", (_event, details) => {
    report("page", new Error(`the page's process is gone: ${details.reason} (${details.exitCode})`));
    const before = crashedAt;
    crashedAt = Date.now();
    if (window.isVisible() && (before === undefined || crashedAt - before > crashLoopMs)) contents.reload();
  });
  window.once("closed", () => line[Symbol.dispose]());
  line.sleep();
  void window.loadURL(pageUrl);

  function wake(): void {
    if (contents.isCrashed()) contents.reload();
    line.wake(snapshot());
  }

  return { window, goTo: line.goTo, wake, sleep: line.sleep };
}
