import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { unreachable } from "../failures.ts";
import type { TmuxBinary } from "./binary.ts";
import type { TmuxCommand } from "./command-line.ts";
import { type ControlClient, type ControlOptions, startControlClient } from "./control-client.ts";

/** All that a server we start may know of us: it lives longer, and hands its environment on. */
const forServer = ["HOME", "PATH", "SHELL", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TMUX_TMPDIR", "TZ"];

export interface Connection {
  readonly client: ControlClient;
  /** Our own session: it holds the client, and the windows whose changes somebody wants to hear of. */
  readonly session: string;
  /** Another number is another server, which knows none of the terminals of the one before. */
  readonly serverPid: number;
  /** The server's own, which may be older or newer than the program in PATH. */
  readonly version: string;
}

export interface ServerOptions {
  /** `tmux -L`. */
  readonly socket: string;
  readonly env: NodeJS.ProcessEnv;
  readonly callMs: number;
  readonly heard: ControlOptions["heard"];
}

const serverEnv = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(forServer.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));

/** Whether a server listens on the socket; nothing is started. Throws TERMINAL_UNREACHABLE when that cannot be told. */
export async function serverRuns({ file }: TmuxBinary, { socket, env, callMs }: ServerOptions): Promise<boolean> {
  try {
    await promisify(execFile)(file, ["-L", socket, "list-sessions"], { env: serverEnv(env), timeout: callMs });
    return true;
  } catch (cause) {
    const { stderr = "", killed } = cause as { stderr?: string; killed?: boolean };
    if (/no server running|error connecting to .*\((No such file|Connection refused)/i.test(stderr)) return false;
    const fact = killed ? `did not answer within ${callMs / 1000} s` : `says ${JSON.stringify(stderr.trim())}`;
    throw unreachable(`the tmux server ${fact}`, cause);
  }
}

/**
 * A control client in a session of its own; starts the server where none runs. The server makes itself a daemon: it keeps none
 * of our files open and does not end with us. Throws TERMINAL_UNREACHABLE.
 */
export async function connect({ file }: TmuxBinary, options: ServerOptions): Promise<Connection> {
  const session = `${controlPrefix}${randomBytes(4).toString("hex")}`;
  const args = ["-u", "-C", "-L", options.socket, "-f", "/dev/null", ...controlSession(session)];
  const client = startControlClient({ ...options, file, args, env: serverEnv(options.env) });
  await client.attached;
  const [[facts = ""] = [], sessions = []] = await client.ask(
    ["display-message", "-p", "#{pid} #{version}"],
    ["list-sessions", "-F", `${controlFormat("control", "own")} #{session_attached} #{session_name}`],
  );
  for (const left of leftSessions(sessions)) client.ask(killSession(left)).catch(() => undefined); // Another host was first.
  const [serverPid, version = ""] = facts.split(" ");
  return { client, session, serverPid: Number(serverPid), version };
}

/** Lets go of the server; what runs in it goes on. */
export async function disconnect({ client, session }: Connection): Promise<void> {
  client.ask(killSession(session)).catch(() => undefined); // It ends the client too, which is waited for.
  client.end();
  await client.closed;
}

/**
 * Of control clients that were killed. Not by `destroy-unattached`: a client that loses its pipe and its life at once then ends
 * the tmux 3.3a server, with everything in it.
 */
const leftSessions = (rows: readonly string[]): string[] =>
  rows.flatMap((row) => (row.startsWith("control 0 ") ? [row.slice("control 0 ".length)] : []));

const killSession = (name: string): TmuxCommand => ["kill-session", "-t", `=${name}`];

const controlPrefix = "claude-team-";
const isControl = "@claude_team_control";

/** True of a pane's session that is a control client's, in a format. */
export const controlFormat = (yes: string, no: string): string => `#{?${isControl},${yes},${no}}`;

/** The session's own window runs nothing. */
function controlSession(name: string): string[] {
  return [
    ...["new-session", "-s", name, "-n", "control", "-x", "20", "-y", "5", "/bin/sh", "-c", ":"],
    ...[";", "set-option", "-w", "-t", `=${name}:`, "remain-on-exit", "on"],
    ...[";", "set-option", "-t", `=${name}:`, isControl, "1"],
  ];
}
