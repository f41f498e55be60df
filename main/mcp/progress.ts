import type { Exchange } from "./exchange.ts";

/**
 * Tells a caller that asked for it what goes on: at once, then every so often, until disposed. The first one begins the
 * response, which Claude Code 2.1.330 drops after 60 s without a beginning.
 */
export function tellProgress(
  { _meta, notify }: Exchange,
  doing: (() => Promise<string>) | undefined,
  everyMs: number,
): Disposable {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined || !doing) return { [Symbol.dispose]() {} };
  let told = 0;
  let over = false;

  async function tell(): Promise<void> {
    try {
      const message = await doing?.();
      if (over) return;
      await notify({ method: "notifications/progress", params: { progressToken, progress: told++, message } });
    } catch {
      // Nobody hears it any more, or the worker is gone: the call itself will say so.
    }
  }

  // What is answered from memory needs no progress, and goes out as plain JSON.
  const first = setTimeout(() => void tell(), 0);
  const next = setInterval(() => void tell(), everyMs);
  return {
    [Symbol.dispose]() {
      over = true;
      clearTimeout(first);
      clearInterval(next);
    },
  };
}
