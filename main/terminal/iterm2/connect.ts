import { connect as connectSocket } from "node:net";
import { WebSocket } from "ws";
import { appName, type Cookie, type Scripts } from "./osascript.ts";
import { allAppsAllowed, findApp, listens } from "./places.ts";
import { kindOf, trouble } from "./trouble.ts";

export interface ConnectDeps {
  readonly socket: string;
  readonly env: NodeJS.ProcessEnv;
  readonly scripts: Scripts;
  /** How long iTerm2 may take to let us in. */
  readonly limitMs: number;
}

/** An open websocket and the protocol version iTerm2 speaks (`1.11`). */
export interface Connected {
  readonly socket: WebSocket;
  readonly protocol: string;
}

export type Connect = () => Promise<Connected>;

/**
 * Makes the way in. Every try takes a cookie of its own, since iTerm2 takes each once: none where all apps are allowed, else the
 * one that iTerm2 gave our process at its start, once, else one asked for through AppleScript. Rejects with what stands in the
 * way, and never starts iTerm2.
 */
export function createConnect(deps: ConnectDeps): Connect {
  let given: Cookie | undefined = deps.env.ITERM2_COOKIE
    ? { cookie: deps.env.ITERM2_COOKIE, key: deps.env.ITERM2_KEY }
    : undefined;

  /** We may control iTerm2: when it does not answer a script then, it stands still. */
  let wasAllowed = false;

  return async () => {
    if (!(await listens(deps.socket))) throw await whyNotListening(deps);
    if (await allAppsAllowed(deps.socket)) return open(deps, undefined);
    const once = given;
    given = undefined;
    if (once) {
      try {
        return await open(deps, once);
      } catch (cause) {
        if (kindOf(cause) !== "refused") throw cause; // An old cookie: a new one may do.
      }
    }
    const cookie = await deps.scripts.requestCookie().catch((cause) => {
      throw wasAllowed && kindOf(cause) === "asking" ? trouble("silent") : cause;
    });
    wasAllowed = true;
    return open(deps, cookie);
  };
}

async function whyNotListening({ env, scripts }: ConnectDeps): Promise<Error> {
  const canAsk = process.platform === "darwin" || env.CLAUDE_TEAM_OSASCRIPT;
  if (!canAsk) return trouble(env.CLAUDE_TEAM_ITERM2_SOCKET ? "not-running" : "no-mac");
  if (await scripts.isRunning()) return trouble("api-off");
  return trouble((await findApp(env)) ? "not-running" : "not-installed");
}

function open({ socket: path, limitMs }: ConnectDeps, cookie: Cookie | undefined): Promise<Connected> {
  return new Promise((resolve, reject) => {
    let protocol = "";
    const socket = new WebSocket("ws://localhost/", ["api.iterm2.com"], {
      createConnection: () => connectSocket(path),
      origin: "ws://localhost/",
      perMessageDeflate: false,
      handshakeTimeout: limitMs,
      maxPayload: 1 << 27,
      headers: headers(cookie),
    });
    socket.once("upgrade", ({ headers: given }) => {
      protocol = String(given["x-iterm2-protocol-version"] ?? "");
    });
    socket.once("open", () => {
      socket.removeAllListeners("error");
      resolve({ socket, protocol });
    });
    socket.once("unexpected-response", (_, response) => {
      reject(troubleOfStatus(response.statusCode ?? 0));
      socket.terminate();
    });
    socket.on("error", (cause) => {
      // A handshake that hangs: everything at iTerm2 stands still behind a dialog.
      const isSilent = /timed out/i.test(cause.message);
      reject(trouble(isSilent ? "silent" : "lost", cause.message, cause));
    });
  });
}

function headers(cookie: Cookie | undefined): Record<string, string> {
  return {
    "x-iterm2-library-version": `${appName} 1.0`,
    "x-iterm2-advisory-name": appName,
    // Else iTerm2 asks in a dialog of its own that stops everything in it.
    "x-iterm2-disable-auth-ui": "true",
    ...(cookie && { "x-iterm2-cookie": cookie.cookie }),
    ...(cookie?.key && { "x-iterm2-key": cookie.key }),
  };
}

function troubleOfStatus(status: number): Error {
  if (status === 401) return trouble("refused");
  if (status === 406) return trouble("too-old");
  return status === 400 ? trouble("not-understood") : trouble("refused", `HTTP ${status}`);
}
