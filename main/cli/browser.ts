import { spawn } from "node:child_process";
import { once } from "node:events";

/** Shows an address in the person's browser; false where there is nothing to show it with. */
export async function showInBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(opener, [url], { stdio: "ignore", detached: true, env });
  child.unref();
  try {
    await once(child, "spawn");
    return true;
  } catch {
    // Not installed, as on a server.
    return false;
  }
}
