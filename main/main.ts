import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { serverAt } from "./cli/talk.ts";
import type { Started } from "./electron/app.ts";
import { run } from "./electron/run.ts";
import { claimHome } from "./home/claim.ts";
import { openHome } from "./home/home.ts";
import { createLog } from "./home/log.ts";
import { chooseHome } from "./home/paths.ts";
import { startHouse } from "./house.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Not awaited: Electron is ready only after this module has been evaluated (electron/electron#40719).
run({
  startHouse: start,
  report: (where, cause) => console.error(where, cause),
  pageDir: here("../renderer"),
  preload: here("../preload/preload.cjs"),
}).catch((cause) => {
  console.error(cause);
  process.exit(1);
});

/** Serves the home of this person, or finds the server that does. */
async function start(): Promise<Started> {
  const { env } = process;
  const dir = chooseHome(undefined, env, homedir());
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());
  const home = await openHome(dir);
  const claimed = await claimHome(home.paths, Date.now, stop.signal);
  if (claimed.is === "running") return { elsewhere: await (await serverAt(claimed.running, dir)).open() };
  const log = createLog(home);
  for (const name of ["uncaughtException", "unhandledRejection"] as const)
    process.on(name, (cause) => log("error", "fault", { cause }));
  const house = await startHouse({ home, claim: claimed.claim, env, log });
  const signalled = new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));
  return { house: { ...house, stopped: Promise.race([house.stopped, signalled]) } };
}
