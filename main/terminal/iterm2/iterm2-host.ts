import { join } from "node:path";
import { checkCommand } from "../process/check-command.ts";
import type { Command, TerminalHost } from "../terminal.ts";
import { createConnect } from "./connect.ts";
import { Connection, type ConnectionLimits } from "./connection.ts";
import { sessionOf } from "./iterm2-terminal.ts";
import { launchFolder } from "./launch.ts";
import { createOpening } from "./opening.ts";
import { createScripts } from "./osascript.ts";
import { socketPath } from "./places.ts";
import { Sessions } from "./sessions.ts";
import { within } from "./within.ts";

export interface Iterm2HostOptions {
  /**
   * Ours: HOME, IT2_SUITE, IT2_APP_PATH and ITERM2_COOKIE count as for iTerm2's own library; CLAUDE_TEAM_ITERM2_SOCKET and
   * CLAUDE_TEAM_OSASCRIPT name stand-ins.
   */
  readonly env: NodeJS.ProcessEnv;
  /** The home folder: our launches stand in it, and its path tells our sessions from those of another home. */
  readonly dir: string;
  /** Whether a pane stays when its command has ended, with `farewell` below its last words; else it is closed. */
  readonly keepAfterExit?: () => boolean;
  /** One line for the person at the pane of a command that has ended, such as how to resume. */
  readonly farewell?: (command: Command) => string;
  /** From SIGTERM to SIGKILL, when a terminal is closed. */
  readonly graceMs?: number;
  readonly now?: () => number;
  readonly limits?: Partial<Iterm2Limits>;
}

/** All in ms. */
export interface Iterm2Limits extends ConnectionLimits {
  /** To let us in. */
  readonly connectMs: number;
  /** For a person to answer macOS's question. */
  readonly scriptMs: number;
  readonly launchMs: number;
  readonly settleMs: number;
}

export type Iterm2Host = TerminalHost & Required<Pick<TerminalHost, "wake">>;

const defaults: Iterm2Limits = {
  callMs: 8000,
  pingMs: 2000,
  beatMs: 20_000,
  retryMs: [100, 500, 1000, 2000, 5000, 10_000, 30_000],
  connectMs: 10_000,
  scriptMs: 60_000,
  launchMs: 10_000,
  settleMs: 1000,
};

/** Terminals in the person's own iTerm2. They outlive us: nothing is ended when this is disposed. */
export function createIterm2Host(options: Iterm2HostOptions): Iterm2Host {
  const { env, dir, keepAfterExit = () => true, graceMs = 3000, now = Date.now } = options;
  const { farewell = () => "the command has ended. Press Return to close this pane." } = options;
  const limits = { ...defaults, ...options.limits };
  const connect = createConnect({
    socket: socketPath(env),
    env,
    scripts: createScripts(env, limits.scriptMs),
    limitMs: limits.connectMs,
  });
  const sessions: Sessions = new Sessions({
    connection: () => connection,
    home: dir,
    keepAfterExit,
    graceMs,
    settleMs: limits.settleMs,
    now,
    launching: (report, session) => opening.heard(report, session),
  });
  const { isOurs, newest, created, closePane } = sessions;
  const opening = createOpening({
    ...{ folder: launchFolder(join(dir, "iterm2")), home: dir, isOurs, newest, created, closePane, farewell },
    adopt: (mark) => sessions.adopt(mark),
    launchMs: limits.launchMs,
  });
  const connection: Connection = new Connection({
    connect,
    resync: (link) => sessions.resync(link),
    notified: (told) => sessions.notified(told),
    isNeeded: sessions.isNeeded,
    now,
    limits,
  });
  connection.onAway((why) => {
    if (why === null) sessions.catchUp().catch(() => undefined); // Away again: the next return does it.
  });
  return hostOf(connection, sessions, opening);
}

function hostOf(connection: Connection, sessions: Sessions, opening: ReturnType<typeof createOpening>): Iterm2Host {
  return {
    kind: "iterm2",
    async check(signal) {
      await within(connection.open(), signal);
      return `iTerm2 (API ${connection.protocol})`;
    },
    async open(command, given) {
      const checked = await checkCommand(command);
      given.signal?.throwIfAborted();
      const link = await within(connection.open(), given.signal);
      const terminal = await opening.open(link, checked, given);
      await sessions.look().catch(() => undefined); // It is open: what cannot be asked now is asked at the return.
      return terminal;
    },
    async find(ref) {
      const session = sessionOf(ref);
      return session === undefined ? undefined : sessions.find(session);
    },
    list: () => sessions.list(),
    wake: () => connection.wake(),
    async [Symbol.asyncDispose]() {
      sessions[Symbol.dispose]();
      connection[Symbol.dispose]();
    },
  };
}
