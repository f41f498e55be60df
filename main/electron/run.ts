import * as electron from "electron";
import { startApp } from "./app.ts";
import type { AppDeps } from "./app-deps.ts";

/** Runs the app in this process; the only place where Electron is imported. */
export const run = (deps: Omit<AppDeps, "loadUpdater">): Promise<void> => startApp(electron, { ...deps, loadUpdater });

/** Loaded when a build has updates at all: it is large, and no other build needs it. */
async function loadUpdater() {
  const { default: updater } = await import("electron-updater");
  return updater.autoUpdater;
}
