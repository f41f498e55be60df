import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { homePaths } from "../home/paths.ts";
import { loadSettings } from "../home/settings.ts";
import { type Command, exit } from "./command.ts";
import { findElectron } from "./electron-binary.ts";
import { runHouse } from "./run-house.ts";
import { complain } from "./settings-complaint.ts";
import { homeOf, needServer } from "./talk.ts";
import type { World } from "./world.ts";

/** An app that ends sooner, and with an error, never came up. */
const cameUpMs = 10_000;

/** The app where Electron's binary is there or can be had; else the server, in one line that says so. */
export const start: Command = async ({ flags }, world) => {
  const dir = homeOf(flags, world);
  const electron = await findElectron(world);
  if (!("binary" in electron)) return serveInstead(dir, `Electron ${electron.why}`, world);
  complain((await loadSettings(homePaths(dir).settings)).problem, world);
  const began = Date.now();
  const code = await runApp(electron.binary, dir, world);
  if (code === exit.done || Date.now() - began > cameUpMs) return code;
  return serveInstead(dir, `Electron ended at once with ${code}`, world);
};

/** This package: the folder of package.json, two above both the source and the built file. */
const root = fileURLToPath(new URL("../..", import.meta.url));

async function runApp(binary: string, dir: string, world: World): Promise<number> {
  const app = spawn(binary, [root], { stdio: "inherit", env: { ...world.env, CLAUDE_TEAM_HOME: dir } });
  const stop = world.interrupted();
  const end = () => app.kill("SIGTERM");
  stop.addEventListener("abort", end);
  const [code] = await once(app, "close").catch(() => [exit.failed]);
  stop.removeEventListener("abort", end);
  return stop.aborted ? exit.done : (code ?? exit.failed);
}

async function serveInstead(dir: string, why: string, world: World): Promise<number> {
  const order = { dir, port: undefined, terminal: undefined, env: world.env };
  await runHouse(order, world, async (_, house) => {
    const url = await (await needServer(dir)).open();
    const state = house ? "serving without the app" : "a server runs already";
    world.out(`${why}: ${state}. Panel (good once, for a minute; later: claude-team open): ${url}\n`);
  });
  return exit.done;
}
