import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Settings } from "../contract/settings.ts";
import { createAccess } from "./bridge/access.ts";
import { callFromCli } from "./bridge/cli-door.ts";
import { serve } from "./bridge/serve.ts";
import { socketPipe } from "./bridge/socket-pipe.ts";
import { configFolder, createClaude } from "./claude/claude.ts";
import { matches } from "./claude/matches.ts";
import { type Closing, createClosing } from "./closing.ts";
import type { Claim } from "./home/claim.ts";
import { realDirectory } from "./home/directory.ts";
import type { Home } from "./home/home.ts";
import type { Log } from "./home/log.ts";
import { sameSecret } from "./home/same-secret.ts";
import { type HttpServer, listen } from "./http/listen.ts";
import { openActivityFile } from "./journal/activity-file.ts";
import { fold } from "./journal/fold.ts";
import { openJournal } from "./journal/journal.ts";
import { createUnwritten } from "./journal/unwritten.ts";
import { createMcp } from "./mcp/mcp.ts";
import { openTerminals } from "./open-terminals.ts";
import { openPremises } from "./premises/premises.ts";
import { keepChronicle } from "./team/chronicle.ts";
import { systemClock } from "./team/clock.ts";
import type { Team } from "./team/commands.ts";
import type { TeamDeps } from "./team/deps.ts";
import { recover } from "./team/recover.ts";
import { createRoster } from "./team/roster.ts";
import { createStore, type TeamStore } from "./team/store.ts";
import { createTeam } from "./team/team.ts";
import { createTimeline, entriesKept } from "./team/timeline.ts";
import type { Terminals } from "./terminal/terminal.ts";
import { locateTranscript } from "./transcript/locate.ts";
import { openTranscript } from "./transcript/open.ts";
import { version } from "./version.ts";

export interface HouseOptions {
  readonly home: Home;
  readonly claim: Claim;
  /** Instead of the settings' port; 0 takes any free one. */
  readonly port?: number | undefined;
  /** What the command line says above settings.json. */
  readonly overrides?: Partial<Settings>;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** Instead of the hosts of this machine; outlives this house. */
  readonly host?: Terminals;
}

/** Everything at work: the team behind its doors. Its dispose answers what is in flight, ends what would be orphaned, and frees the port. */
export interface House extends AsyncDisposable {
  /** The MCP endpoint. */
  readonly url: string;
  /** The panel, without a code. */
  readonly panel: string;
  readonly port: number;
  readonly team: Team;
  readonly store: TeamStore;
  /** Resolves when a caller asked the server to stop. */
  readonly stopped: Promise<void>;
  /** To be called when the machine woke from sleep: looks at once whether the terminals can still be reached. */
  wake(): void;
}

type Report = (where: string, cause: unknown) => void;

/** After a crash, calls of Claude Code's clients hang for up to 120 s when something listens again within a second (2.1.330). */
const afterCrashMs = 2000;

/** Builds, wires and opens everything; the only place that knows all rooms. */
export async function startHouse(options: HouseOptions): Promise<House> {
  const closing = createClosing();
  closing.add(() => options.claim.release());
  try {
    return await build(options, closing);
  } catch (cause) {
    await closing[Symbol.asyncDispose]();
    throw cause;
  }
}

async function build(options: HouseOptions, closing: Closing): Promise<House> {
  const { claim, log } = options;
  const report: Report = (where, cause) => log("error", where, { cause });
  const core = await createCore(options, closing, report);
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  if (claim.crashed) await delay(afterCrashMs);
  const server = await openDoors(options, core, closing, report, stop);
  await claim.publish(server.port);
  const { team, store, host } = core;
  const wake = () => void host.wake?.().catch((cause) => report("wake", cause));
  const doors = { url: `${server.url}/mcp`, panel: `${server.url}/`, port: server.port };
  return { ...doors, stopped, wake, team, store, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}

type Core = Awaited<ReturnType<typeof createCore>>;

/** The team and all it stands on, without any door. */
async function createCore(options: HouseOptions, closing: Closing, report: Report) {
  const { home, env, log, host: outlives, overrides = {} } = options;
  const journal = await openJournal(home.paths.journal, { now: Date.now });
  closing.add(() => journal.close());
  for (const problem of [home.problem, journal.problem]) if (problem) log("warn", "home", { problem });
  const memory = fold(journal.facts);
  const numbers = count(memory);
  const settings = () => premises.settings.values;
  const host = outlives ?? openTerminals({ env, dir: home.paths.dir, settings });
  if (!outlives) closing.add(() => host[Symbol.asyncDispose]());
  const store = createStore((cause) => report("listener", cause));
  const terminal = (signal?: AbortSignal) => host.check(signal);
  const hosts = (signal?: AbortSignal) => host.usable?.(signal) ?? Promise.resolve(undefined);
  const premises = openPremises({ home, env, store, projects: memory.projects, overrides, terminal, hosts, report });
  closing.add(() => premises[Symbol.dispose]());
  const claude = openClaude(home, env, settings);
  closing.add(() => claude[Symbol.dispose]());
  const { remember, flush } = createUnwritten(journal, (cause) => report("journal", cause));
  const timeline = await openTimeline(home, store, closing, report);
  const world = { store, host, claude, matches, openTranscript, clock: systemClock, timeline, premises };
  const own = { directory: realDirectory, newConversation: randomUUID, remember, flush, report };
  const deps: TeamDeps = { ...world, ...own, settings };
  const roster = createRoster(deps);
  closing.add(() => roster[Symbol.dispose]());
  await recover({ ...deps, roster }, memory.workers);
  const chronicle = keepChronicle({ ...deps, roster });
  closing.add(() => chronicle[Symbol.dispose]());
  return { store, host, claude, premises, team: createTeam({ ...deps, roster, numbers }) };
}

function openClaude({ paths }: Home, env: NodeJS.ProcessEnv, settings: () => Settings) {
  const configDir = configFolder(env);
  return createClaude({
    home: paths.dir,
    env,
    settings,
    locate: (conversation, cwd) => locateTranscript(configDir, conversation, cwd),
    now: Date.now,
    randomToken: () => randomBytes(32).toString("base64url"),
  });
}

async function openTimeline({ paths }: Home, store: TeamStore, closing: Closing, report: Report) {
  const file = await openActivityFile(paths.activity, {
    most: entriesKept,
    report: (cause) => report("activity", cause),
  });
  closing.add(() => file.close());
  return createTimeline({ store, clock: systemClock, known: file.entries, keep: file.append });
}

/** Numbers that no earlier run gave out. */
function count({ nextWorker, nextMessage }: { nextWorker: number; nextMessage: number }) {
  let [worker, message] = [nextWorker, nextMessage];
  return { worker: () => worker++, message: () => `msg-${message++}` };
}

async function openDoors(
  { home, port }: HouseOptions,
  { store, team, claude }: Core,
  closing: Closing,
  report: Report,
  stop: () => void,
): Promise<HttpServer> {
  const random = () => randomBytes(32).toString("base64url");
  const sign = (text: string) => createHmac("sha256", home.panelKey).update(text).digest("base64url");
  const access = createAccess({ now: Date.now, random, sign, sameSecret });
  const onManagers = (managers: number) => store.dispatch({ type: "team.managers", managers });
  const mcp = createMcp({ team, version, onManagers, report });
  const serveSocket = {
    admits: access.admits,
    admitted: (pipe: Parameters<typeof serve>[0]) => void serve(pipe, { team, store, report }),
  };
  const cli = { team, stop, open: () => `${server.url}/#code=${access.mint()}` };
  const server = await listen({
    port: port ?? home.settings.port,
    panelDir: fileURLToPath(new URL("../renderer", import.meta.url)),
    authorise: {
      manager: (token) => sameSecret(home.token, token),
      person: (token) => sameSecret(home.personToken, token),
      worker: claude.hooks.authorise,
    },
    handlers: {
      mcp: mcp.handle,
      hook: claude.hooks.receive,
      exchange: access.exchange,
      socket: (ws) => socketPipe(ws, serveSocket),
      cli: (call, input, signal) => callFromCli(cli, call, input, signal),
    },
    report,
  });
  closing.add(() => server.close());
  closing.add(() => mcp.close());
  return server;
}
