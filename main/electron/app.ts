import { mkdirSync } from "node:fs";
import { describe, toTeamError } from "../../contract/error.ts";
import { openPage } from "../page/page.ts";
import type { AppDeps, Started } from "./app-deps.ts";
import { setAppMenu } from "./app-menu.ts";
import { linkAmong, linkScheme, workerOfLink } from "./deep-link.ts";
import type { Electron } from "./electron.ts";
import { guard } from "./guard.ts";
import { quietFlag } from "./login-item.ts";
import { pageScheme, servePageFiles } from "./page-files.ts";
import { runShell } from "./run-shell.ts";
import { createWhileDialog } from "./while-dialog.ts";

/** The app: one instance, one house. What must be said before Electron is ready is said before this first waits. */
export async function startApp(electron: Electron, deps: AppDeps): Promise<void> {
  const { app, protocol } = electron;
  const { platform, argv } = deps.process;
  if (deps.profile !== null) takeProfile(app, deps.profile);
  if (!app.requestSingleInstanceLock()) return app.quit();
  const starts = watchStarts(app, argv);
  protocol.registerSchemesAsPrivileged([pageScheme]);
  if (platform === "darwin") keepOutOfTheDock(app);
  app.on("child-process-gone", (_event, { type, reason, exitCode }) =>
    deps.report("process", new Error(`Electron's ${type} process is gone: ${reason} (${exitCode})`)),
  );
  await app.whenReady();
  const dialogs = createWhileDialog(() => platform === "darwin" && app.focus({ steal: true }));
  guard(electron, dialogs);
  setAppMenu(electron, platform);
  protocol.handle(pageScheme.scheme, servePageFiles(await openPage(deps.pageDir)));
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  const started = await start(electron, deps);
  if (!started) return app.exit(1);
  if ("elsewhere" in started) return showElsewhere(electron, started.elsewhere);
  electron.powerMonitor.on("resume", started.house.wake);
  const { panel } = runShell(electron, started.house, deps, dialogs);
  starts.follow((link) => panel.show(link === undefined ? undefined : workerOfLink(link)));
  if (isQuiet(app, deps)) return;
  if (platform === "darwin") panel.showPopover();
  else panel.show();
}

function takeProfile(app: Electron["app"], folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath("userData", folder);
}

/** The bundle says so too (LSUIElement); unpacked there is only this. */
function keepOutOfTheDock(app: Electron["app"]): void {
  app.setActivationPolicy("accessory");
  app.dock?.hide();
}

interface Starts {
  /** Told of each further start or link; of a link that came before, at once. */
  follow(listener: (link: string | undefined) => void): void;
}

/** A link may come with the start, with a second one, or from macOS at any time, also before Electron is ready. */
function watchStarts(app: Electron["app"], argv: readonly string[]): Starts {
  let early = linkAmong(argv);
  let tell: (link: string | undefined) => void = (link) => {
    early = link ?? early;
  };
  app.on("open-url", (event, url) => {
    event.preventDefault();
    tell(url);
  });
  app.on("second-instance", (_event, more) => tell(linkAmong(more)));
  app.on("activate", () => tell(undefined));
  return {
    follow(listener) {
      tell = listener;
      if (early !== undefined) listener(early);
    },
  };
}

/** A house that cannot be built is said to the person with the next step, since an app has no terminal to say it in. */
async function start({ dialog }: Electron, { startHouse, report }: AppDeps): Promise<Started | undefined> {
  try {
    return await startHouse();
  } catch (cause) {
    dialog.showErrorBox("Claude Team cannot start", describe(toTeamError(cause, report)));
    return undefined;
  }
}

async function showElsewhere({ app, shell }: Electron, url: string): Promise<void> {
  await shell.openExternal(url);
  app.quit();
}

/** Started by the system at login, nothing jumps at the person. */
function isQuiet(app: Electron["app"], { process }: AppDeps): boolean {
  if (process.argv.includes(quietFlag)) return true;
  return process.platform === "darwin" && app.getLoginItemSettings().wasOpenedAtLogin;
}
