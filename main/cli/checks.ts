import { once } from "node:events";
import { constants, existsSync } from "node:fs";
import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { TeamError } from "../../contract/error.ts";
import { checkClaude as claudeFinding } from "../checks/claude-check.ts";
import { checkEntry as entryFinding } from "../checks/entry-check.ts";
import * as findings from "../checks/finding.ts";
import { type HomeView, lookAtHome } from "../home/home.ts";
import { chooseHome, homePaths } from "../home/paths.ts";
import { findRunning } from "../home/running.ts";
import { createIterm2Host } from "../terminal/iterm2/iterm2-host.ts";
import { createTmuxHost } from "../terminal/tmux/tmux-host.ts";
import type { World } from "./world.ts";

/** One line of the doctor. */
export interface Check extends findings.Finding {
  readonly name: string;
}

const leastNode = [20, 19] as const;

const good = (name: string, fact: string): Check => ({ name, ...findings.good(fact) });
const missing = (name: string, fact: string, fix: string): Check => ({ name, ...findings.missing(fact, fix) });

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = leastNode;
  const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (enough) return good("node", version);
  return missing("node", `${version} is too old`, `install Node ${leastNode.join(".")} or later: https://nodejs.org`);
}

export const checkClaude = async (home: HomeView | undefined, { env }: World): Promise<Check> => ({
  name: "claude",
  ...(await claudeFinding(env, home?.settings.claude ?? null)),
});

/** The workers' hooks tell us through curl what they are asked. */
export async function checkCurl({ env }: World): Promise<Check> {
  for (const folder of (env.PATH ?? "").split(delimiter)) {
    const file = join(folder, "curl");
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder && found) return good("curl", file);
  }
  const fix =
    process.platform === "darwin" ? "it comes with macOS: put /usr/bin into PATH" : "sudo apt-get install curl";
  return missing("curl", "not in PATH", fix);
}

/** Only looks: whoever asks what is wrong wants nothing changed. */
export async function checkHome(dir: string): Promise<{ check: Check; home: HomeView | undefined }> {
  try {
    const home = await lookAtHome(dir);
    const fact = home ? `${dir}, for you alone; its tokens too` : `${dir}, made at the first start`;
    return { check: good("home", fact), home };
  } catch (cause) {
    if (!(cause instanceof TeamError)) throw cause;
    return { check: missing("home", cause.message, String(cause.facts.fix)), home: undefined };
  }
}

export function checkSettings(home: HomeView | undefined): Check {
  if (!home?.problem)
    return good("settings", home && existsSync(home.paths.settings) ? home.paths.settings : "defaults");
  return missing("settings", home.problem, `correct ${home.paths.settings}`);
}

export async function checkPort(dir: string, port: number): Promise<Check> {
  const running = await findRunning(homePaths(dir));
  if (running) return good("port", `${running.port}, served by our process ${running.pid}`);
  if (port === 0) return good("port", "any free one");
  const fault = await bindFault(port);
  if (!fault) return good("port", `${port} is free`);
  return missing(
    "port",
    `${port} cannot be used (${fault})`,
    `find who has it with lsof -i :${port}, or set another port in settings.json`,
  );
}

async function bindFault(port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return undefined;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code;
  } finally {
    server.close();
  }
}

/** The embedded terminal, which is always to be had; it needs its prebuilt binary. */
export function checkPty(): Check {
  try {
    createRequire(import.meta.url)("@lydell/node-pty");
    return good("pty", "the terminal inside claude-team");
  } catch (cause) {
    return missing(
      "pty",
      `cannot be loaded (${(cause as Error).message.split("\n")[0]})`,
      "reinstall claude-team: npm ci",
    );
  }
}

/** Without it workers live in other terminals. */
export async function checkTmux({ env }: World): Promise<Check> {
  try {
    return good("tmux", await createTmuxHost({ env }).check());
  } catch (cause) {
    if (!(cause instanceof TeamError)) throw cause;
    const { fact, fix } = cause.facts;
    return { name: "tmux", ...findings.note(String(fact), String(fix)) };
  }
}

/** Nothing where there can be none. It may show macOS's question whether we may control iTerm2: a person asked for it. */
export async function checkIterm2(dir: string, { env }: World): Promise<Check[]> {
  if (process.platform !== "darwin" && env.CLAUDE_TEAM_ITERM2_SOCKET === undefined) return [];
  const host = createIterm2Host({ env, dir });
  try {
    return [good("iterm2", await host.check())];
  } catch (cause) {
    if (!(cause instanceof TeamError)) throw cause;
    const { fact, fix } = cause.facts;
    return [{ name: "iterm2", ...findings.note(String(fact ?? cause.message), String(fix ?? "open iTerm2 again")) }];
  } finally {
    await host[Symbol.asyncDispose]();
  }
}

export async function checkEntry(dir: string, port: number, world: World): Promise<Check> {
  const usual = dir === chooseHome(undefined, world.env, world.userHome);
  const fix = usual ? "claude-team install" : `claude-team install --home ${dir}`;
  return { name: "mcp entry", ...(await entryFinding(homePaths(dir), port, world, fix)) };
}
