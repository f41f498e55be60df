import type { MenuItemConstructorOptions } from "electron";
import type { Electron } from "./electron.ts";

/** macOS takes the keys for copy, paste, close and quit from the application's menu; elsewhere there is none. */
export function setAppMenu({ app, Menu }: Electron, platform: NodeJS.Platform): void {
  const roles = ["appMenu", "editMenu", "windowMenu", ...(app.isPackaged ? [] : ["viewMenu"])];
  const template = roles.map((role) => ({ role }) as MenuItemConstructorOptions);
  Menu.setApplicationMenu(platform === "darwin" ? Menu.buildFromTemplate(template) : null);
}
