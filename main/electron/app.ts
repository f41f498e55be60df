import { describe, toTeamError } from "../../contract/error.ts";
import { serve } from "../bridge/serve.ts";
import type { House } from "../house.ts";
import { openPage } from "../page/page.ts";
import type { Electron } from "./electron.ts";
import { guard } from "./guard.ts";
import { pageScheme, servePageFiles } from "./page-files.ts";
import { createPanelWindow } from "./panel-window.ts";
import { quitCleanly } from "./quit.ts";

export interface AppDeps {
  startHouse(): Promise<Started>;
  /** Told of every failure that is our own fault. */
  report(where: string, cause: unknown): void;
  /** The built page's folder and the built preload; absolute. */
  readonly pageDir: string;
  readonly preload: string;
}

/** Our own house, or the panel's address of the one that another process serves already. */
export type Started = { readonly house: AppHouse } | { readonly elsewhere: string };
export type AppHouse = Pick<House, "team" | "store" | "stopped"> & AsyncDisposable;

/** The app: one instance, one window, one house. What must be said before Electron is ready is said before this first waits. */
export async function startApp(electron: Electron, deps: AppDeps): Promise<void> {
  const { app, protocol } = electron;
  if (!app.requestSingleInstanceLock()) return app.quit();
  protocol.registerSchemesAsPrivileged([pageScheme]);
  await app.whenReady();
  guard(electron);
  protocol.handle(pageScheme.scheme, servePageFiles(await openPage(deps.pageDir)));
  const started = await start(electron, deps);
  if (!started) return app.exit(1);
  if ("house" in started) return open(electron, started.house, deps);
  await electron.shell.openExternal(started.elsewhere);
  app.quit();
}

/** A house that cannot be built is said to the person with the next step, since an app has no terminal to say it in. */
async function start({ dialog }: Electron, { startHouse, report }: AppDeps): Promise<Started | undefined> {
  try {
    return await startHouse();
  } catch (cause) {
    dialog.showErrorBox("claude-team cannot start", describe(toTeamError(cause, report)));
    return undefined;
  }
}

function open(electron: Electron, house: AppHouse, { preload, report }: AppDeps): void {
  const { team, store } = house;
  const panel = createPanelWindow(electron, preload, (pipe) => void serve(pipe, { team, store, report }));
  electron.app.on("second-instance", panel.show);
  electron.app.on("activate", panel.show);
  quitCleanly(electron, house, panel.show);
  panel.show();
}
