import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { createManager, type Manager } from "./house-calls.ts";
import { cli, type StandIn, writeClaude } from "./house-claude.ts";

/** A running `claude-team serve`, built, in a folder of its own that goes with it. */
export interface BenchHouse extends Probed {
  readonly port: number;
  readonly manager: Manager;
  /** CLAUDE_TEAM_HOME. */
  readonly home: string;
  /** CLAUDE_CONFIG_DIR of its workers. */
  readonly config: string;
  /** Where its workers work. */
  readonly project: string;
  readonly claude: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Usage {
  /** Microseconds of processor time since the process began. */
  readonly cpu: number;
  /** Bytes of memory that stay after a garbage collection. */
  readonly rss: number;
}

/** A Node process that tells what it uses. */
export interface Probed extends AsyncDisposable {
  usage(what: "cpu" | "memory"): Promise<Usage>;
}

export async function openHouse(standIn: StandIn): Promise<BenchHouse> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-bench-")));
  const places = { home: join(folder, "home"), config: join(folder, "config"), project: join(folder, "project") };
  for (const path of Object.values(places)) await mkdir(path, { mode: 0o700 });
  const claude = join(folder, "claude");
  await writeClaude(claude, standIn);
  const env = environment({ HOME: folder, CLAUDE_CONFIG_DIR: places.config, CLAUDE_TEAM_CLAUDE: claude });
  const child = start([cli, "serve", "--json", ...["--port", "0", "--home", places.home, "--terminal", "pty"]], env);
  const { url } = await firstLine(child);
  const port = Number(new URL(url).port);
  const manager = createManager(port, (await readFile(join(places.home, "token"), "utf8")).trim());
  return {
    ...places,
    claude,
    env,
    port,
    manager,
    usage: usageOf(child),
    async [Symbol.asyncDispose]() {
      manager[Symbol.dispose]();
      await end(child);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The same Node without us: with nothing to do, or with this script (CommonJS) and its argument. */
export function openBare(script = "setInterval(() => {}, 1e9)", argument = ""): Probed {
  const child = start(["-e", script, argument], environment({}));
  return { usage: usageOf(child), [Symbol.asyncDispose]: () => end(child) };
}

/** Runs inside the measured process before anything of ours; alone it does nothing. */
const probe = `
  process.on("message", (what) => {
    if (what === "memory") { gc(); gc(); }
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system, rss: process.memoryUsage.rss() });
  });
  process.channel.unref();`;

/** Without V8's memory reducer: within two minutes after any burst it collects all once more, 200 ms that idle workers do not cost. */
function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const options = [
    "--expose-gc",
    "--no-memory-reducer",
    "--import",
    `data:text/javascript,${encodeURIComponent(probe)}`,
  ];
  return spawn(process.execPath, [...options, ...args], { env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
}

const usageOf =
  (child: ChildProcess) =>
  async (what: "cpu" | "memory"): Promise<Usage> => {
    const told = once(child, "message");
    child.send(what);
    return (await told)[0] as Usage;
  };

async function firstLine({ stdout }: ChildProcess): Promise<{ url: string }> {
  if (!stdout) throw new Error("the server has no output");
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error("claude-team serve ended before it was ready");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const tooLong = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(tooLong);
}

/** Nothing of the person's own gets in but what programs need to run at all. SHLVL says that a shell made this PATH. */
function environment(own: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = "", TMPDIR } = process.env;
  return { PATH, SHLVL: "1", ...(TMPDIR && { TMPDIR }), ...own };
}
