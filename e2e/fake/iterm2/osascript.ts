import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Cookie } from "./cookies.ts";

/** Whether this program may control iTerm2, as macOS asks the person once; "asking": the question is on the screen. */
export type Automation = "allowed" | "denied" | "asking";

export interface ScriptedApp {
  readonly isRunning: () => boolean;
  readonly isApiOn: () => boolean;
  /** Waits while the person is being asked. */
  readonly mayControl: () => Promise<boolean>;
  /** The app's dictionary knows no cookies: an iTerm2 before 3.3.10. */
  readonly isTooOld: () => boolean;
  readonly makeCookie: () => Cookie;
  /** A script that talks to an app that does not run starts it. */
  readonly start: () => void;
}

interface Said {
  readonly out?: string;
  readonly error?: string;
}

const cookieScript =
  /^tell application "((?:[^"\\]|\\.)*)" to request cookie( and key for app named "((?:[^"\\]|\\.)*)")?$/;
const runningScript = /^if application "((?:[^"\\]|\\.)*)" is running then return "yes" else return "no"$/;

/** What osascript answers to the two scripts that clients of iTerm2 run. Its errors are AppleScript's, with their numbers. */
export async function answerScript(source: string, app: ScriptedApp): Promise<Said> {
  const script = source.trim();
  if (runningScript.test(script)) return { out: app.isRunning() ? "yes" : "no" };
  const [asked, , withKey] = cookieScript.exec(script) ?? [];
  if (!asked) return { error: "0:1: syntax error: A unknown token can’t go here. (-2740)" };
  if (!(await app.mayControl())) return failure("Not authorized to send Apple events to iTerm.", -1743);
  if (!app.isRunning()) app.start();
  if (!app.isRunning()) return failure("iTerm got an error: Application isn’t running.", -600);
  if (app.isTooOld())
    return {
      error: `${asked.length}:${asked.length + 6}: syntax error: Expected end of line but found identifier. (-2740)`,
    };
  if (!app.isApiOn()) return failure("iTerm got an error: The Python API is not enabled.", 1);
  const { cookie, key } = app.makeCookie();
  return { out: withKey ? `${cookie} ${key}` : cookie };
}

const failure = (text: string, number: number): Said => ({ error: `0:60: execution error: ${text} (${number})` });

/** What stands in the place of /usr/bin/osascript: reads a script and asks the simulator. */
const program = (socket: string) => `
const { connect } = require("node:net");
const given = process.argv.slice(2);
let script = given[0] === "-e" ? given[1] : "";
const ask = () => {
  let answer = "";
  const socket = connect(${JSON.stringify(socket)}, () => socket.end(script));
  socket.setEncoding("utf8").on("data", (text) => { answer += text; });
  socket.on("error", () => { process.stderr.write("0:60: execution error: Application isn’t running. (-600)\\n"); process.exit(1); });
  socket.on("end", () => {
    const { out, error } = JSON.parse(answer);
    if (error) { process.stderr.write(error + "\\n"); process.exit(1); }
    process.stdout.write(out + "\\n");
  });
};
if (script) ask();
else process.stdin.setEncoding("utf8").on("data", (text) => { script += text; }).on("end", ask);
`;

export interface Osascript {
  /** The executable. */
  readonly path: string;
  close(): void;
}

/** Puts an executable into `folder` that answers like osascript. Rejects when its socket cannot be made. */
export async function startOsascript(folder: string, answer: (source: string) => Promise<Said>): Promise<Osascript> {
  const socket = join(folder, "osascript.sock");
  const path = join(folder, "osascript");
  writeFileSync(`${path}.cjs`, program(socket));
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${path}.cjs' "$@"\n`);
  chmodSync(path, 0o755);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    let source = "";
    client.on("error", () => undefined); // It was killed while it waited.
    client.setEncoding("utf8").on("data", (text: string) => {
      source += text;
    });
    client.on("end", () => void answer(source).then((said) => client.end(JSON.stringify(said))));
  });
  await new Promise<void>((done, failed) => server.once("error", failed).listen(socket, done));
  return { path, close: () => void server.close() };
}
