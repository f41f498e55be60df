import type { Settings } from "../../contract/settings.ts";
import { claimHome } from "../home/claim.ts";
import { openHome } from "../home/home.ts";
import { createLog } from "../home/log.ts";
import type { House } from "../house.ts";
import { complain } from "./settings-complaint.ts";
import type { World } from "./world.ts";

export interface HouseOrder {
  /** The home folder; absolute. */
  readonly dir: string;
  readonly port: number | undefined;
  readonly terminal: Settings["terminal"] | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Where a server is found, as `serve --json` tells it. */
export interface Doors {
  readonly url: string;
  readonly panel: string;
  readonly pid: number;
  readonly home: string;
}

/**
 * Serves a home until a signal or a caller stops it, then ends everything. When another process serves it already, tells
 * that one's doors (`house` undefined) and returns.
 */
export async function runHouse(
  order: HouseOrder,
  world: World,
  ready: (doors: Doors, house: House | undefined) => Promise<void> | void,
): Promise<void> {
  const stop = world.interrupted();
  const home = await openHome(order.dir);
  complain(home.problem, world);
  const claimed = await claimHome(home.paths, Date.now, stop);
  if (claimed.is === "running") {
    const { url, panel, pid } = claimed.running;
    return ready({ url, panel, pid, home: order.dir }, undefined);
  }
  const log = createLog(home);
  world.onFault((cause) => log("error", "fault", { cause }));
  const { startHouse } = await import("../house.ts");
  const { terminal, port, env } = order;
  const overrides = terminal === undefined ? {} : { terminal };
  await using house = await startHouse({ home, claim: claimed.claim, port, overrides, env, log });
  log("info", "serving", { port: house.port, pid: process.pid });
  await ready({ url: house.url, panel: house.panel, pid: process.pid, home: order.dir }, house);
  await Promise.race([house.stopped, aborted(stop)]);
  log("info", "stopping");
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
