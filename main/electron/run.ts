import * as electron from "electron";
import { type AppDeps, startApp } from "./app.ts";

/** Runs the app in this process; the only place where Electron is imported. */
export const run = (deps: AppDeps): Promise<void> => startApp(electron, deps);
