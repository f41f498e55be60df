import { EventEmitter } from "node:events";
import type { Electron } from "../../../main/electron/electron.ts";
import { type AppChoices, StandInApp } from "./app.ts";
import { type Item, StandInMenu, StandInNotification, StandInTray, standInImage, type Words } from "./desktop.ts";
import { type Bounds, StandInWindow, type WindowOptions } from "./window.ts";

type Handler = (...args: never[]) => unknown;

export interface Choices extends Partial<AppChoices> {
  /** The button pressed in every box. */
  answer?: number;
  /** Shortcuts that another app has, or that do not exist. */
  taken?: readonly string[];
  display?: { bounds: Bounds; workArea: Bounds };
  /** What the system says of the icon. */
  icon?: Bounds;
}

const macDisplay = {
  bounds: { x: 0, y: 0, width: 1512, height: 982 },
  workArea: { x: 0, y: 38, width: 1512, height: 874 },
};

const unpacked: AppChoices = {
  first: true,
  packaged: false,
  loginStatus: "not-registered",
  openedAtLogin: false,
  userData: "",
  home: "",
};

/** Stands in for Electron, and records what it is told. */
export function standInElectron({ answer = 0, taken = [], display = macDisplay, icon, ...appChoices }: Choices = {}) {
  const calls: string[] = [];
  const app = new StandInApp(calls, { ...unpacked, ...appChoices });
  const desktop = createDesktop(display);
  const ipcMain = new EventEmitter();
  const { classes, ...made } = standInClasses(app, icon);
  const { session, ...asked } = standInSession();
  const { protocol, ...serving } = standInProtocol(calls);
  const { screen, powerMonitor, ...globals } = standInGlobals(desktop, taken);
  const dialogs = standInDialogs(calls, answer);
  const electron = { app, ipcMain, screen, powerMonitor, session, protocol, ...classes, ...globals, ...dialogs };
  const records = { app, ipcMain, screen, powerMonitor, calls, desktop, ...made, ...serving, ...asked };
  return { electron: electron as unknown as Electron, ...records };
}

const createDesktop = (display: typeof macDisplay) => ({
  display,
  cursor: { x: 700, y: 500 },
  shortcuts: new Map<string, () => void>(),
  clipboard: "",
  appMenu: undefined as StandInMenu | null | undefined,
  theme: { themeSource: "system", shouldUseDarkColors: false },
});

function standInClasses(app: StandInApp, icon = { x: 1000, y: 0, width: 30, height: 38 }) {
  const windows: StandInWindow[] = [];
  const trays: StandInTray[] = [];
  const notices: StandInNotification[] = [];

  class BrowserWindow extends StandInWindow {
    constructor(options: WindowOptions) {
      super(options);
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }
  }
  class Tray extends StandInTray {
    constructor(image: ReturnType<typeof standInImage>) {
      super(image, icon);
      trays.push(this);
    }
  }
  class Notification extends StandInNotification {
    static isSupported = () => true;
    constructor(words: Words) {
      super(words);
      notices.push(this);
    }
  }
  return { classes: { BrowserWindow, Tray, Notification }, windows, trays, notices };
}

function standInGlobals(desktop: ReturnType<typeof createDesktop>, taken: readonly string[]) {
  const screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => [desktop.display],
    getPrimaryDisplay: () => desktop.display,
    getCursorScreenPoint: () => desktop.cursor,
  });
  const globalShortcut = {
    register(accelerator: string, pressed: () => void) {
      if (!/^\w+(\+\w+)*$/.test(accelerator)) throw new TypeError("conversion failure");
      if (taken.includes(accelerator)) return false;
      desktop.shortcuts.set(accelerator, pressed);
      return true;
    },
    unregister: (accelerator: string) => void desktop.shortcuts.delete(accelerator),
  };
  const Menu = {
    buildFromTemplate: (items: Item[]) => new StandInMenu(items),
    setApplicationMenu: (menu: StandInMenu | null) => {
      desktop.appMenu = menu;
    },
  };
  const clipboard = {
    writeText: (text: string) => {
      desktop.clipboard = text;
    },
  };
  const nativeImage = { createFromPath: standInImage };
  const powerMonitor = new EventEmitter();
  return { screen, powerMonitor, globalShortcut, Menu, clipboard, nativeImage, nativeTheme: desktop.theme };
}

function standInDialogs(calls: string[], answer: number) {
  return {
    dialog: {
      showErrorBox: (_title: string, text: string) => void calls.push(`error ${text}`),
      async showMessageBox({ message, detail }: { message: string; detail?: string }) {
        calls.push(`ask ${detail ?? message}`);
        return { response: answer };
      },
    },
    shell: { openExternal: async (url: string) => void calls.push(`outside ${url}`) },
  };
}

function standInProtocol(calls: string[]) {
  const schemes: unknown[] = [];
  const served = new Map<string, (request: Request) => Promise<Response>>();
  const protocol = {
    registerSchemesAsPrivileged(given: unknown[]) {
      calls.push("schemes");
      schemes.push(...given);
    },
    handle(scheme: string, handler: (request: Request) => Promise<Response>) {
      calls.push(`handle ${scheme}`);
      served.set(scheme, handler);
    },
  };
  return { protocol, schemes, served };
}

function standInSession() {
  const permissions = new Map<string, Handler>();
  let decide = (_details: { url: string }, _answer: (given: { cancel: boolean }) => void) => {};
  const defaultSession = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: Handler) => permissions.set("request", handler),
    setPermissionCheckHandler: (handler: Handler) => permissions.set("check", handler),
    setDevicePermissionHandler: (handler: Handler) => permissions.set("device", handler),
    webRequest: {
      onBeforeRequest: (handler: typeof decide) => {
        decide = handler;
      },
    },
  });
  /** Whether the page may load this. */
  function mayLoad(url: string): boolean {
    let may = false;
    decide({ url }, ({ cancel }) => {
      may = !cancel;
    });
    return may;
  }
  return { session: { defaultSession }, defaultSession, permissions, mayLoad };
}
