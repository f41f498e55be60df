import { readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";

/** Where iTerm2 keeps its API's socket and settings; `IT2_SUITE` is iTerm2's own variable for a second copy of the app. */
export function socketPath(env: NodeJS.ProcessEnv): string {
  if (env.CLAUDE_TEAM_ITERM2_SOCKET) return env.CLAUDE_TEAM_ITERM2_SOCKET;
  const suite = env.IT2_SUITE || "iTerm2";
  return join(env.HOME ?? "/", "Library/Application Support", suite, "private/socket");
}

const allowsAll = "61DF88DC-3423-4823-B725-22570E01C027";

/**
 * Whether the person chose “Allow all apps to connect”: then no cookie is needed, and nobody has to be asked for one. iTerm2
 * believes the file only when root owns it and it names its own path.
 */
export async function allAppsAllowed(socket: string, owner = 0): Promise<boolean> {
  const path = join(dirname(dirname(socket)), "disable-automation-auth");
  try {
    if ((await stat(path)).uid !== owner) return false;
    return (await readFile(path, "utf8")) === `${Buffer.from(path).toString("hex")} ${allowsAll}`;
  } catch {
    return false; // No such file: the ordinary case.
  }
}

/** Whether somebody listens. iTerm2 leaves the file behind when it quits, so that it alone says nothing. */
export function listens(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket);
    const end = (answer: boolean) => {
      probe.destroy();
      resolve(answer);
    };
    probe.once("connect", () => end(true));
    probe.once("error", () => end(false));
  });
}

/** iTerm2's app where people put it; undefined when it is in none of these places. */
export async function findApp(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const places = ["/Applications/iTerm.app", join(env.HOME ?? "/", "Applications/iTerm.app")];
  for (const place of env.IT2_APP_PATH ? [env.IT2_APP_PATH] : places) {
    const there = await stat(place).catch(() => undefined);
    if (there?.isDirectory()) return place;
  }
  return undefined;
}
