import { EventEmitter } from "node:events";
import type { Electron } from "../../main/electron/electron.ts";

type Handler = (...args: never[]) => unknown;

/** What of web contents the app uses; `sent` is what went to the page. */
class StandInContents extends EventEmitter {
  readonly mainFrame = { origin: "app://claude-team" };
  readonly sent: unknown[] = [];
  openWindow: (details: { url: string }) => unknown = () => undefined;
  isDestroyed = () => false;
  send = (_channel: string, message: unknown) => void this.sent.push(message);
  setWindowOpenHandler(handler: (details: { url: string }) => unknown): void {
    this.openWindow = handler;
  }
}

class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly options: { webPreferences: Record<string, unknown> };
  readonly calls: string[] = [];

  constructor(options: { webPreferences: Record<string, unknown> }) {
    super();
    this.options = options;
  }
  isMinimized = () => false;
  focus = () => undefined;
  show = () => void this.calls.push("show");
  loadURL = async (url: string) => void this.calls.push(`load ${url}`);
}

class StandInApp extends EventEmitter {
  readonly calls: string[];
  readonly first: boolean;
  constructor(calls: string[], first: boolean) {
    super();
    this.calls = calls;
    this.first = first;
  }
  requestSingleInstanceLock = () => this.first;
  whenReady = async () => void this.calls.push("ready");
  exit = (code: number) => void this.calls.push(`exit ${code}`);
  quit(): void {
    this.calls.push("quit");
    this.emit("stand-in:quit");
  }
}

/** Stands in for Electron and records what it is told. `first`: no other instance runs. `answer`: the button pressed in every box. */
export function standInElectron({ first = true, answer = 0 } = {}) {
  const calls: string[] = [];
  const windows: StandInWindow[] = [];
  const schemes: unknown[] = [];
  const permissions = new Map<string, Handler>();
  const app = new StandInApp(calls, first);
  const ipcMain = new EventEmitter();

  class BrowserWindow extends StandInWindow {
    constructor(options: { webPreferences: Record<string, unknown> }) {
      super(options);
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }
  }

  const electron = {
    app,
    ipcMain,
    BrowserWindow,
    dialog: {
      showErrorBox: (_title: string, text: string) => void calls.push(`error ${text}`),
      async showMessageBox({ detail }: { detail: string }) {
        calls.push(`ask ${detail}`);
        return { response: answer };
      },
    },
    protocol: {
      registerSchemesAsPrivileged(given: unknown[]) {
        calls.push("schemes");
        schemes.push(...given);
      },
      handle: (scheme: string) => void calls.push(`handle ${scheme}`),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: Handler) => permissions.set("request", handler),
        setPermissionCheckHandler: (handler: Handler) => permissions.set("check", handler),
        setDevicePermissionHandler: (handler: Handler) => permissions.set("device", handler),
      },
    },
    shell: { openExternal: async (url: string) => void calls.push(`outside ${url}`) },
  };
  return { electron: electron as unknown as Electron, app, ipcMain, calls, windows, schemes, permissions };
}
