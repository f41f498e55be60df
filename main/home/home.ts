import { mkdir, stat } from "node:fs/promises";
import type { Settings } from "../../contract/settings.ts";
import { type HomePaths, homePaths } from "./paths.ts";
import { needPrivate, unsafe } from "./private.ts";
import { keepAside, type LoadedSettings, loadSettings } from "./settings.ts";
import { ensureAuthHeader, ensureToken, readToken, replaceToken } from "./token.ts";

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
  /** What is wrong with settings.json, and where a copy of it is; null when nothing is. */
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
    ...{ paths, personToken, panelKey, ...(await settingsOf(paths)) },
    get token() {
      return token;
    },
    async rotateToken() {
      token = await replaceToken(paths.token);
    },
  };
}

async function settingsOf({ settings: path }: HomePaths): Promise<LoadedSettings> {
  const loaded = await loadSettings(path);
  const copy = loaded.problem === null ? undefined : await keepAside(path);
  return copy === undefined ? loaded : { ...loaded, problem: `${loaded.problem}; a copy is ${copy}` };
}

/** A home as somebody finds it who only looks. */
export interface HomeView extends LoadedSettings {
  readonly paths: HomePaths;
}

/** Looks at the home in this folder and writes nothing; undefined when there is none yet. Throws HOME_UNSAFE as `openHome` does. */
export async function lookAtHome(dir: string): Promise<HomeView | undefined> {
  const paths = homePaths(dir);
  const there = await stat(dir).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw unsafe(`${dir} cannot be looked at (${cause.code})`, "choose another folder", cause);
  });
  if (!there) return undefined;
  if (!there.isDirectory()) throw unsafe(`${dir} is no folder`, "choose another one");
  needPrivate(dir, there, "700");
  for (const path of [paths.token, paths.personToken, paths.panelKey]) await readToken(path);
  return { paths, ...(await loadSettings(paths.settings)) };
}
