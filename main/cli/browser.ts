import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** An opener that cannot show anything ends at once; one that can may stay for as long as its browser. */
const failsWithinMs = 1500;

/** Shows an address in the person's browser; false where there is nothing to show it with. */
export async function showInBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (process.platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) return false;
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(opener, [url], { stdio: "ignore", detached: true, env });
  child.unref();
  try {
    await once(child, "spawn");
    const ended = once(child, "exit").then(([code]) => code as number | null);
    return (await Promise.race([ended, delay(failsWithinMs, 0, { ref: false })])) === 0;
  } catch {
    // Not installed, as on a server.
    return false;
  }
}
