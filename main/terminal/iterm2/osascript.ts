import { spawn } from "node:child_process";
import { trouble } from "./trouble.ts";

/** Lets one connection in; iTerm2 takes a cookie once. */
export interface Cookie {
  readonly cookie: string;
  readonly key?: string | undefined;
}

export interface Scripts {
  /** Asks without starting it. */
  isRunning(): Promise<boolean>;
  /** May show macOS's own question to the person, and waits for the answer. Throws what stands in the way. */
  requestCookie(): Promise<Cookie>;
}

/** The name under which iTerm2 and its Script Console show us. */
export const appName = "claude-team";

/** AppleScript's way to iTerm2. The app may be another one than the default: its path in `IT2_APP_PATH`. */
export function createScripts(env: NodeJS.ProcessEnv, limitMs: number): Scripts {
  const file = env.CLAUDE_TEAM_OSASCRIPT || "/usr/bin/osascript";
  const app = `application ${literal(env.IT2_APP_PATH || "iTerm2")}`;
  const run = (source: string) => runScript(file, source, limitMs);
  return {
    async isRunning() {
      const { out } = await run(`if ${app} is running then return "yes" else return "no"`);
      return out.trim() === "yes";
    },
    // Only once it is known to run: a bare `tell` starts it.
    async requestCookie() {
      const { code, out, said } = await run(`tell ${app} to request cookie and key for app named ${literal(appName)}`);
      if (code !== 0) throw troubleOf(said);
      const [cookie, key] = out.trim().split(/\s+/);
      if (!cookie) throw trouble("refused", "it gave no cookie");
      return { cookie, key };
    },
  };
}

/** A text as AppleScript writes it. */
const literal = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** What osascript wrote to its error output, such as `12:34: execution error: Not authorized … (-1743)`. */
export function troubleOf(said: string): Error {
  const number = Number(/\((-?\d+)\)\s*$/.exec(said.trim())?.[1]);
  const words = said.trim().split("\n").at(-1);
  if (number === -1743 || number === -1744) return trouble("denied");
  if (number === -600 || number === -609) return trouble("not-running");
  if (number === -1728 || number === -2740 || number === -2741) return trouble("too-old");
  if (number === 1) return trouble("api-off");
  if (number === -1712) return trouble("silent");
  return trouble("refused", words || "osascript said nothing");
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

function runScript(file: string, source: string, limitMs: number): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, ["-"], { stdio: ["pipe", "pipe", "pipe"], timeout: limitMs, killSignal: "SIGKILL" });
    let out = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    child.once("error", (cause) => reject(trouble("no-mac", `${file} cannot be run`, cause)));
    child.once("close", (code, signal) => {
      if (signal === null) resolve({ code, out, said });
      else reject(trouble("asking", `within ${Math.round(limitMs / 1000)} s`));
    });
    child.stdin.on("error", () => undefined); // It ended before it read: its code tells.
    child.stdin.end(source);
  });
}
