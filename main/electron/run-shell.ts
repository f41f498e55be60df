import { homedir } from "node:os";
import type { AppDeps, AppHouse } from "./app-deps.ts";
import type { Electron } from "./electron.ts";
import { lastLines } from "./log-tail.ts";
import { type Quit, quitCleanly } from "./quit.ts";
import { writeReport } from "./report.ts";
import { openShell, type Shell } from "./shell.ts";
import { inspectBuild } from "./updates/build.ts";
import { createUpdates, noUpdates, type Updates } from "./updates/updates.ts";
import { whyNotNow } from "./updates/verdict.ts";
import type { WhileDialog } from "./while-dialog.ts";

/** The shell with what concerns the whole app: how it quits, updates itself, and reports. */
export function runShell(electron: Electron, house: AppHouse, deps: AppDeps, dialogs: WhileDialog): Shell {
  let updates = noUpdates;
  const deeds = {
    report: () => void dialogs.during(() => copyReport(electron, house, deps)),
    update: () => void dialogs.during(() => update(electron, house, updates, quit)),
    quit: () => electron.app.quit(),
  };
  const shell = openShell(electron, house, { ...deps, dialogs, deeds, updateState: () => updates.state });
  const quit = quitCleanly(electron, house, { dialogs, leave, report: deps.report });
  let left = false;
  startUpdates(electron, deps, shell.refresh).then(begun, (cause) => deps.report("updates", cause));
  return shell;

  function begun(started: Updates): void {
    if (left) started[Symbol.dispose]();
    else updates = started;
    if (!left) shell.refresh();
  }

  function leave(): void {
    left = true;
    updates[Symbol.dispose]();
    shell[Symbol.dispose]();
  }
}

/** After the icon is there: looking at a signature and loading the updater take their time. */
async function startUpdates(electron: Electron, deps: AppDeps, changed: () => void): Promise<Updates> {
  const { loadUpdater: load, report } = deps;
  const build = await inspectBuild(electron, deps.process.platform, deps.process.env);
  return createUpdates({ build, load, report, changed });
}

async function copyReport(electron: Electron, { store }: AppHouse, { logFile, process }: AppDeps): Promise<void> {
  const { app, clipboard, dialog } = electron;
  const { chrome = "?", electron: shell = "?", node = "?" } = globalThis.process.versions;
  const versions = {
    "claude-team": `${app.getVersion()}${app.isPackaged ? "" : " (from sources)"}`,
    Electron: `${shell} (Chromium ${chrome}, Node ${node})`,
    system: `${process.platform} ${globalThis.process.arch} ${globalThis.process.getSystemVersion?.() ?? ""}`.trim(),
  };
  const facts = { now: Date.now(), versions, state: store.state, log: lastLines(logFile), userHome: homedir() };
  clipboard.writeText(writeReport(facts));
  await dialog.showMessageBox({
    type: "info",
    message: "The report is on the clipboard",
    detail:
      "It holds versions, settings, the signals behind each worker's status, and the end of the log. Secrets, paths and addresses were taken out; read it before you post it.",
    buttons: ["OK"],
  });
}

async function update(electron: Electron, { store }: AppHouse, updates: Updates, quit: Quit): Promise<void> {
  const { app, dialog } = electron;
  const say = (message: string) => dialog.showMessageBox({ type: "info", message, buttons: ["OK"] });
  if (typeof updates.state === "object") {
    const obstacle = whyNotNow(store.state);
    if (obstacle !== undefined) return void (await say(`Not now: ${obstacle}.`));
    return quit.ask(updates.install);
  }
  const words = {
    found: "A newer version is being fetched; the menu will offer it.",
    newest: `${app.getVersion()} is the newest version.`,
    failed: "The releases could not be reached. Try again later.",
  };
  await say(words[await updates.check()]);
}
