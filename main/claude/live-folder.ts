import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type LiveFile, parseLiveFile } from "./live-file.ts";

export interface LiveFolderListener {
  /** A file is new, or was written. */
  saw(file: LiveFile): void;
  /** A file was removed; this is what it said last. */
  lost(file: LiveFile): void;
}

/** What the live files of one folder say. */
export interface LiveFolder {
  readonly files: readonly LiveFile[];
  /** Reads the file of this name, or finds it removed. */
  read(name: string): void;
  /** Reads what changed since it was last read. */
  list(): void;
}

export function createLiveFolder(folder: string, listener: LiveFolderListener): LiveFolder {
  const known = new Map<string, { stamp: string | undefined; file: LiveFile }>();

  /** Reads whatever the stamp: `idle` and `busy` can follow each other within one tick of the file system's clock, at one length. */
  function read(name: string): void {
    if (!isLiveFile(name)) return;
    const path = join(folder, name);
    const stamp = stampOf(path);
    if (stamp === undefined) removed(name);
    else take(name, stamp, readLive(path));
  }

  function take(name: string, stamp: string, file: LiveFile | undefined): void {
    const last = known.get(name);
    if (file) known.set(name, { stamp, file });
    // Torn: it keeps what it said before; its writer's next event, or the next list, reads it again.
    else if (last) known.set(name, { ...last, stamp: undefined });
    if (file) listener.saw(file);
  }

  function removed(name: string): void {
    const last = known.get(name);
    known.delete(name);
    if (last) listener.lost(last.file);
  }

  function list(): void {
    const names = namesIn(folder);
    for (const name of known.keys()) if (!names.includes(name)) removed(name);
    for (const name of names) if (known.get(name)?.stamp !== stampOf(join(folder, name))) read(name);
  }

  return {
    get files() {
      return [...known.values()].map(({ file }) => file);
    },
    read,
    list,
  };
}

/** Only `<pid>.json`: the keys beside them are secrets. */
const isLiveFile = (name: string) => /^\d+\.json$/.test(name);

function stampOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}

function readLive(path: string): LiveFile | undefined {
  try {
    return parseLiveFile(readFileSync(path, "utf8"));
  } catch {
    // Removed since its stamp was taken: the next look finds that.
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isLiveFile);
  } catch {
    // Not there yet: Claude Code makes it at its first start.
    return [];
  }
}
