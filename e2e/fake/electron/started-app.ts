import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Settings } from "../../../contract/settings.ts";
import type { Worker } from "../../../contract/worker.ts";
import { startApp } from "../../../main/electron/app.ts";
import type { AppDeps } from "../../../main/electron/app-deps.ts";
import type { Team } from "../../../main/team/commands.ts";
import { createStore } from "../../../main/team/store.ts";
import { type Choices, standInElectron } from "./electron.ts";
import { someSettings } from "./workers.ts";

export interface Start extends Choices {
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
  readonly argv?: readonly string[];
  readonly workers?: readonly Worker[];
  readonly settings?: Partial<Settings>;
  readonly startHouse?: AppDeps["startHouse"];
  readonly logFile?: string;
  readonly loadUpdater?: AppDeps["loadUpdater"];
}

/** A house without terminals: its state is what the test dispatches, its team answers what is set in `replies`. */
function standInHouse({ workers = [], settings = {} }: Pick<Start, "workers" | "settings"> = {}) {
  const store = createStore();
  const asked: unknown[] = [];
  const ended: string[] = [];
  const woken: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const team = {
    list: async () => [...store.state.workers.values()],
    answer: async (input: unknown, by: string) => {
      asked.push({ ...(input as object), by });
      return { worker: "worker-1", request: "", outcome: "answered", via: "hook" };
    },
    close: async (input: unknown, by: string) => void asked.push({ ...(input as object), by }),
  } as unknown as Team;

  const configure = (given: Partial<Settings>) =>
    store.dispatch({
      type: "settings.changed",
      settings: { values: someSettings(given), file: "", problem: null, restart: [] },
    });
  store.dispatch({ type: "team.snapshot", workers: [...workers], managers: 0, settings: null, activity: [] });
  configure(settings);
  const end = async (): Promise<void> => void ended.push("ended");
  const wake = () => void woken.push("woken");
  const house = { team, store, stopped, wake, [Symbol.asyncDispose]: end };
  return { house, team, store, asked, ended, woken, stop, configure };
}

/** The app, started on a stand-in of Electron; on a Mac, unless told otherwise. */
export async function startedApp(start: Start = {}) {
  const world = standInElectron({ ...start, userData: start.userData ?? (await temporaryFolder()) });
  const home = standInHouse(start);
  const reported: unknown[] = [];
  const quit = once(world.app, "stand-in:quit");
  const { platform = "darwin", env = {}, argv = ["electron", "."] } = start;
  await startApp(world.electron, {
    startHouse: start.startHouse ?? (async () => ({ house: home.house })),
    report: (where, cause) => void reported.push([where, cause]),
    pageDir: "/page",
    preload: "/preload.cjs",
    assets: "/assets",
    profile: null,
    logFile: start.logFile ?? "",
    process: { platform, env, argv: [...argv] },
    loadUpdater: start.loadUpdater ?? (() => Promise.reject(new Error("no updater here"))),
  });
  const [popover] = world.windows;
  const [tray] = world.trays;
  const parts = { popover: popover as NonNullable<typeof popover>, tray: tray as NonNullable<typeof tray> };
  return { ...world, ...home, ...parts, reported, quit };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "claude-team-app-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Lets what has begun go on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
