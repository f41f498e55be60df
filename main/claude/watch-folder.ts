import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname } from "node:path";

export interface FolderListener {
  /** The file of this name came, went or changed. */
  changed(name: string): void;
  /** The folder is watched from now on; what is in it already was not told. */
  appeared(): void;
}

export interface FolderWatch extends Disposable {
  /** Looks whether the folder came, went or was replaced unseen; for a slow sweep, since events can be lost. */
  check(): void;
}

/** Watches one folder, from the moment it exists: until then the nearest folder above it that does. */
export function watchFolder(path: string, listener: FolderListener): FolderWatch {
  let watcher: FSWatcher | undefined;
  let watched: { path: string; ino: number } | undefined;

  function check(): void {
    const target = nearest(path);
    if (target?.path === watched?.path && target?.ino === watched?.ino) return;
    stop();
    if (!target) return;
    watcher = open(target.path);
    if (!watcher) return;
    watched = target;
    if (target.path === path) listener.appeared();
    else check(); // The next folder down may have come while this one was being opened.
  }

  function open(folder: string): FSWatcher | undefined {
    try {
      const opened = watch(folder, { persistent: false }, (_, name) => {
        if (folder !== path) check();
        else if (name) listener.changed(name);
      });
      return opened.on("error", stop);
    } catch {
      // Gone again, or no watches left (inotify limit): the sweep alone finds changes then.
      return undefined;
    }
  }

  function stop(): void {
    watcher?.close();
    watcher = watched = undefined;
  }

  check();
  return { check, [Symbol.dispose]: stop };
}

function nearest(path: string): { path: string; ino: number } | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return { path, ino: stats.ino };
  } catch {
    // A folder above may not be read: look further up.
  }
  const above = dirname(path);
  return above === path ? undefined : nearest(above);
}
