import type { BrowserWindow } from "electron";
import type { Pipe } from "../../contract/frame.ts";
import type { Electron } from "./electron.ts";
import { acceptPipes } from "./ipc-pipe.ts";
import { pageUrl } from "./page-files.ts";

export interface PanelWindow {
  /** Brings the window to the front; makes it when there is none. */
  show(): void;
}

/** The one window of the app. `accepted` gets a pipe for every page loaded into it. */
export function createPanelWindow(electron: Electron, preload: string, accepted: (pipe: Pipe) => void): PanelWindow {
  let window: BrowserWindow | undefined;

  function open(): BrowserWindow {
    const opened = new electron.BrowserWindow({
      title: "Claude Team",
      width: 1080,
      height: 760,
      minWidth: 360,
      minHeight: 420,
      show: false,
      webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
    });
    const pipes = acceptPipes(electron.ipcMain, opened.webContents, accepted);
    opened.once("ready-to-show", () => opened.show());
    opened.once("closed", () => {
      pipes[Symbol.dispose]();
      window = undefined;
    });
    void opened.loadURL(pageUrl);
    return opened;
  }

  function show(): void {
    if (!window) {
      window = open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  return { show };
}
