import { mkdir, stat } from "node:fs/promises";
import type { Settings } from "../../contract/settings.ts";
import { type HomePaths, homePaths } from "./paths.ts";
import { needPrivate, unsafe } from "./private.ts";
import { loadSettings } from "./settings.ts";
import { ensureAuthHeader, ensureToken, replaceToken } from "./token.ts";

/** Everything claude-team keeps on disk, in one folder that only its user can read. */
export interface Home {
  readonly paths: HomePaths;
  /** The manager's token as it is now: whoever has it may lead the team. */
  readonly token: string;
  /** Whoever has it is the person at the command line. */
  readonly personToken: string;
  /** Removing its file shuts every browser page out. */
  readonly panelKey: string;
  readonly settings: Settings;
  /** What is wrong with settings.json; null when nothing is. */
  readonly problem: string | null;
  /** Fields of trust that are faulty in it. */
  readonly unknown: readonly string[];
  /** Gives managers another token; resolves when it counts. */
  rotateToken(): Promise<void>;
}

/** Opens the home in this absolute folder and makes what is missing. Throws HOME_UNSAFE, with the remedy, when others could read it. */
export async function openHome(dir: string): Promise<Home> {
  const paths = homePaths(dir);
  try {
    for (const folder of [paths.dir, paths.workers, paths.logs]) await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unsafe(`${dir} cannot be made (${(cause as Error).message})`, "choose another folder", cause);
  }
  needPrivate(dir, await stat(dir), "700");
  let token = await ensureToken(paths.token);
  const personToken = await ensureToken(paths.personToken);
  const panelKey = await ensureToken(paths.panelKey);
  await ensureAuthHeader(paths);
  return {
    ...{ paths, personToken, panelKey, ...(await loadSettings(paths.settings)) },
    get token() {
      return token;
    },
    async rotateToken() {
      token = await replaceToken(paths.token);
    },
  };
}
