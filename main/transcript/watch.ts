import { existsSync, type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";

/** Watches a path that may not exist yet. */
export interface PathWatch extends Disposable {
  /** Watches again what is nearest now: the path itself, else the nearest folder above it that exists. */
  aim(): void;
}

/** Calls `wake` after every event at the path, or at what stands for it. One event may tell of several changes, or of none. */
export function watchPath(path: string, wake: () => void): PathWatch {
  let watcher: FSWatcher | undefined;
  let target: string | undefined;

  const close = (): void => {
    watcher?.close();
    watcher = undefined;
    target = undefined;
  };

  const onEvent = (event: string): void => {
    // After a rename the watcher may hold a file that no longer has this name.
    if (event === "rename") close();
    if (target !== path) aim();
    wake();
  };

  const aim = (): void => {
    // A folder may be made between the look and the watch: look again until it stands.
    for (let nearest = nearestOf(path); nearest !== target; nearest = nearestOf(path)) {
      close();
      try {
        watcher = watch(nearest, { persistent: false }, onEvent);
      } catch {
        // Gone again, or the system has no watches left: the sweep goes on without.
        return;
      }
      watcher.on("error", close);
      target = nearest;
    }
  };

  return { aim, [Symbol.dispose]: close };
}

function nearestOf(path: string): string {
  if (existsSync(path)) return path;
  const above = dirname(path);
  return above === path ? path : nearestOf(above);
}
