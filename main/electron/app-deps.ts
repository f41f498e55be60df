import type { House } from "../house.ts";
import type { UpdatesDeps } from "./updates/updates.ts";

export interface AppDeps {
  startHouse(): Promise<Started>;
  /** Told of every failure that is our own fault. */
  report(where: string, cause: unknown): void;
  /** The built page's folder, the built preload, and the folder of the icons; absolute. */
  readonly pageDir: string;
  readonly preload: string;
  readonly assets: string;
  /** What Chromium and the shell keep; one folder a home, so that each home has an app of its own. Null takes Electron's choice. */
  readonly profile: string | null;
  /** The server's log, for the report. */
  readonly logFile: string;
  readonly process: Pick<NodeJS.Process, "platform" | "env" | "argv">;
  loadUpdater: UpdatesDeps["load"];
}

/** Our own house, or the panel's address of the one that another process serves already. */
export type Started = { readonly house: AppHouse } | { readonly elsewhere: string };
export type AppHouse = Pick<House, "team" | "store" | "stopped" | "wake"> & AsyncDisposable;
