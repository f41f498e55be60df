import { existsSync, mkdirSync, watch } from "node:fs";
import { join } from "node:path";
import { createWaiting } from "./waiting.ts";

/** Waits at `[[gate:name]]` until somebody makes the file `gates/<name>` in the configuration folder. */
export async function gateOpened(config: string, name: string, signal: AbortSignal): Promise<void> {
  const folder = join(config, "gates");
  mkdirSync(folder, { recursive: true });
  const waiting = createWaiting();
  const watcher = watch(folder, waiting.changed);
  try {
    await waiting.until(() => existsSync(join(folder, name)) || undefined, signal);
  } finally {
    watcher.close();
  }
}
