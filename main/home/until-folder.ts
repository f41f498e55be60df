import { on } from "node:events";
import { watch } from "node:fs";

/** Resolves with the first answer that is not undefined, asked now and after every change in the folder. */
export async function untilFolder<T>(dir: string, ask: () => Promise<T | undefined>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const watcher = watch(dir);
  const changes = on(watcher, "change", { signal });
  try {
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await changes.next();
    }
  } finally {
    await changes.return?.();
    watcher.close();
  }
}
