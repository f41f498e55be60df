import { readFileSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { workerId } from "../../contract/worker.ts";
import { hookScript, hookSettings } from "./hook-script.ts";

/** The files of ours that a worker's hooks need: `hook` in the home folder, and the worker's own `workers/<id>/`. */
export interface HookFiles {
  /** Where the settings of this worker stand once they are written; absolute. */
  settingsOf(worker: string): string;
  /** Writes a new worker's files, with a new token; nobody else can read them. */
  write(worker: string): Promise<void>;
  /** The token this worker reports with; undefined for a worker that has none. */
  tokenOf(worker: string): string | undefined;
  remove(worker: string): Promise<void>;
}

export function createHookFiles(home: string, randomToken: () => string): HookFiles {
  const tokens = new Map<string, string>();
  const folderOf = (worker: string) => join(home, "workers", worker);
  const settingsOf = (worker: string) => join(folderOf(worker), "settings.json");

  async function write(worker: string): Promise<void> {
    await writeScript(home, randomToken);
    const folder = folderOf(worker);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const [token, launch] = [randomToken(), randomToken().slice(0, 12)];
    const put = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600, flag: "wx" });
    await put("token", token);
    // curl reads headers from a file, so that the token stands in no process list.
    await put(`auth-${launch}`, `Authorization: Bearer ${token}\n`);
    await put("settings.json", JSON.stringify(hookSettings(home, worker, launch), null, 2));
    tokens.set(worker, token);
  }

  function tokenOf(worker: string): string | undefined {
    // The name comes from a URL and becomes part of a path.
    if (!workerId.safeParse(worker).success) return undefined;
    const token = tokens.get(worker) ?? readToken(join(folderOf(worker), "token"));
    if (token) tokens.set(worker, token);
    return token;
  }

  async function remove(worker: string): Promise<void> {
    tokens.delete(worker);
    await rm(folderOf(worker), { recursive: true, force: true });
  }

  return { settingsOf, write, tokenOf, remove };
}

/** A worker of before our restart still has its token in its file. */
function readToken(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim() || undefined;
  } catch {
    // No such worker, or it was forgotten.
    return undefined;
  }
}

/** Workers may be running it right now, so it is replaced as a whole, and only when it differs. */
async function writeScript(home: string, randomToken: () => string): Promise<void> {
  const path = join(home, "hook");
  if (await isCurrent(path)) return;
  const draft = `${path}.${randomToken().slice(0, 12)}`;
  await writeFile(draft, hookScript, { mode: 0o700, flag: "wx" });
  await chmod(draft, 0o700); // the umask may have taken a bit
  await rename(draft, path);
}

async function isCurrent(path: string): Promise<boolean> {
  try {
    return (await readFile(path, "utf8")) === hookScript && ((await stat(path)).mode & 0o777) === 0o700;
  } catch {
    // Not there yet.
    return false;
  }
}
