import type * as Everything from "electron";

/** What of Electron is used. It is handed down from the entry, so that tests can hand down another one. */
export type Electron = Pick<
  typeof Everything,
  | "app"
  | "BrowserWindow"
  | "clipboard"
  | "dialog"
  | "globalShortcut"
  | "ipcMain"
  | "Menu"
  | "nativeImage"
  | "nativeTheme"
  | "Notification"
  | "powerMonitor"
  | "protocol"
  | "screen"
  | "session"
  | "shell"
  | "Tray"
>;
