import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serverAt } from "./cli/talk.ts";
import type { Started } from "./electron/app-deps.ts";
import { run } from "./electron/run.ts";
import { claimHome } from "./home/claim.ts";
import { openHome } from "./home/home.ts";
import { createLog } from "./home/log.ts";
import { chooseHome, homePaths } from "./home/paths.ts";
import { startHouse } from "./house.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const home = findHome();

/** Until the home is open there is no log; a packed app's console is the system's. */
let report: (where: string, cause: unknown) => void = (where, cause) => console.error(where, cause);

// Not awaited: Electron is ready only after this module has been evaluated (electron/electron#40719).
run({
  startHouse: start,
  report: (where, cause) => report(where, cause),
  pageDir: here("../renderer"),
  preload: here("../preload/preload.cjs"),
  assets: here("../../assets"),
  profile: "dir" in home ? join(home.dir, "app") : null,
  logFile: "dir" in home ? join(homePaths(home.dir).logs, "server.jsonl") : "",
  process,
}).catch((cause) => {
  console.error(cause);
  process.exit(1);
});

/** A home that cannot be is told as the reason why the app does not start. */
function findHome(): { readonly dir: string } | { readonly fault: unknown } {
  try {
    return { dir: chooseHome(undefined, process.env, homedir()) };
  } catch (fault) {
    return { fault };
  }
}

/** Serves the home of this person, or finds the server that does. */
async function start(): Promise<Started> {
  if ("fault" in home) throw home.fault;
  const { dir } = home;
  const { env } = process;
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());
  const opened = await openHome(dir);
  const claimed = await claimHome(opened.paths, Date.now, stop.signal);
  if (claimed.is === "running") return { elsewhere: await (await serverAt(claimed.running, dir)).open() };
  const log = createLog(opened);
  report = (where, cause) => log("error", where, { cause });
  for (const name of ["uncaughtException", "unhandledRejection"] as const)
    process.on(name, (cause) => log("error", "fault", { cause }));
  const house = await startHouse({ home: opened, claim: claimed.claim, env, log });
  const signalled = new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  return { house: { ...house, stopped: Promise.race([house.stopped, signalled]) } };
}
