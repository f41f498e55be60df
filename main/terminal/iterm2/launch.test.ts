import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterAll, describe, expect, test } from "vitest";
import type { Command } from "../terminal.ts";
import { farewellStart, launchFolder, type Report, readReport, reportVariable } from "./launch.ts";

const dir = mkdtempSync(join(tmpdir(), "claude-team-launch-"));
afterAll(() => rmSync(dir, { recursive: true }));

const setUserVar = new RegExp(`\\x1b\\]1337;SetUserVar=${reportVariable}=([A-Za-z0-9+/=]*)\\x07`);
let launches = 0;

interface Ran {
  /** Before the farewell. */
  readonly output: string;
  readonly report: Report | undefined;
  readonly isKept: boolean;
}

/** Runs a command in the wrapper under this shell, in the environment that iTerm2 would give. */
async function run(shell: string, command: Partial<Command>, inherited: Record<string, string> = {}): Promise<Ran> {
  const folder = launchFolder(dir);
  const id = `launch-${++launches}`;
  const [, ...args] = await folder.await(id);
  const env = { PATH: "/usr/bin:/bin", TERM: "xterm-256color", ...inherited };
  const pty = spawn(shell, args, { cwd: "/", env, cols: 200, rows: 50 });
  let seen = "";
  let isKept = true;
  let look = () => {};
  pty.onExit(() => {
    isKept = false;
  });
  pty.onData((data) => {
    seen += data;
    look();
  });
  const next = (): Promise<Report | undefined> =>
    new Promise((done) => {
      look = () => {
        const found = setUserVar.exec(seen);
        if (!found) return;
        seen = seen.replace(setUserVar, "");
        look = () => {};
        done(readReport(Buffer.from(found[1] ?? "", "base64").toString()));
      };
      look();
    });
  expect(await next()).toEqual({ is: "ready", id, pid: pty.pid });
  expect(seen).toBe("");
  const started = next();
  const whole = { argv: ["/bin/sh"] as const, cwd: tmpdir(), env: { PATH: "/usr/bin:/bin" }, ...command };
  await folder.release(id, { command: whole, key: "k1", farewell: "bye 'now'" });
  expect(await started).toEqual({ is: "started", id, pid: pty.pid });
  const report = await next();
  const [output = "", farewell = ""] = seen.replaceAll("\r\n", "\n").split(`\n${farewellStart}`);
  expect(farewell).toBe("bye 'now'\n");
  const left = isKept;
  pty.kill("SIGKILL");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what puts the terminal in order
  return { output: output.replace(/\x18\x1b\\\x1b\[[\s\S]*$/, ""), report, isKept: left };
}

const sh = (script: string): Partial<Command> => ({ argv: ["/bin/sh", "-c", script] });

describe.each(["/bin/bash", "/bin/sh"].filter(existsSync))("the wrapper in %s", { timeout: 30_000 }, (shell) => {
  test.each([
    ["echo x; exit 3", "x\n", 3],
    ["kill -KILL $$", "", 137],
    ["kill -TERM 0; sleep 9", "", 143],
    ["kill -INT 0; sleep 9", "", 130],
    ["stty raw -echo min 0 time 0; exit 4", "", 4],
    ["exec 0<&- 1>&- 2>&-; exit 5", "", 5],
    ["echo late >&2; exit 6", "late\n", 6],
    ["printf '\\033]0;half a title'; exit 7", "\x1b]0;half a title", 7],
  ])("reports the end of %j behind its output, and stays", async (script, output, code) => {
    expect(await run(shell, sh(script))).toEqual({ output, report: { is: "ended", key: "k1", code }, isKept: true });
  });

  test("gives arguments and environment as they are, what iTerm2 gives, and nothing else", async () => {
    const odd = ["", "a b", "'", '"', "\\", "$(touch x)", "a\nb", "*", "~", "é日本👍", "-n"];
    const env = {
      PATH: process.env.PATH ?? "",
      QUOTES: "a b\n'\"$HOME`é",
      TERM: "ours",
      "odd-name": "x y",
      UID: "7",
      key: "v",
    };
    const code = "process.stdout.write(JSON.stringify([process.argv.slice(1), process.env]) + '\\n')";
    const command = { argv: [process.execPath, "-e", code, "--", ...odd] as const, env };
    const inherited = {
      ITERM_SESSION_ID: "w0t0p0:X",
      ITERM2_COOKIE: "secret",
      HOME: "/other",
      CLAUDECODE: "1",
      A_LINE: "x\nPATH=1",
    };
    const { output } = await run(shell, command, inherited);
    const [argv, found] = JSON.parse(output);
    expect(argv).toEqual(odd);
    // Bash itself tells these to everything it starts.
    for (const name of ["_", "PWD", "SHLVL", "OLDPWD"]) delete found[name];
    expect(found).toEqual({ ...env, TERM: "xterm-256color", ITERM_SESSION_ID: "w0t0p0:X" });
  });

  test("runs it in its directory, and leaves no file with its environment behind", async () => {
    const cwd = join(dir, "a 'quoted' folder");
    execFileSync("mkdir", ["-p", cwd]);
    expect((await run(shell, { ...sh("pwd"), cwd })).output).toBe(`${cwd}\n`);
    expect(readdirSync(dir).filter((name) => /^launch-\d+$/.test(name))).toEqual([]);
  });

  test("has nothing to start when it is run a second time, or nobody waits for it any more", async () => {
    const folder = launchFolder(dir);
    const id = `launch-${++launches}`;
    const [, ...args] = await folder.await(id);
    await folder.forget(id);
    const pty = spawn(shell, args, { cwd: "/", env: { PATH: "/usr/bin:/bin" }, cols: 200 });
    let seen = "";
    const gone = new Promise<void>((done) => void pty.onExit(() => done()));
    pty.onData((data) => {
      seen += data;
      if (seen.includes("nothing to start")) pty.write("\r");
    });
    await gone;
    expect(seen).toContain(`${farewellStart}there is nothing to start here any more`);
  });

  test("closes on Return, but not on what was typed for the command", async () => {
    const folder = launchFolder(dir);
    const id = `launch-${++launches}`;
    const [, ...args] = await folder.await(id);
    const pty = spawn(shell, args, { cwd: "/", env: { PATH: "/usr/bin:/bin" } });
    let seen = "";
    const gone = new Promise<void>((done) => void pty.onExit(() => done()));
    const shown = new Promise<void>((done) => {
      pty.onData((data) => {
        seen += data;
        if (seen.includes("bye")) done();
      });
    });
    await folder.release(id, { command: { argv: ["/bin/true"], cwd: "/", env: {} }, key: "k", farewell: "bye" });
    await shown;
    const typed = performance.now();
    pty.write("\rand more\r");
    const pressing = setInterval(() => pty.write("\r"), 1500);
    await gone;
    clearInterval(pressing);
    expect(performance.now() - typed).toBeGreaterThan(3000);
  });
});

test("the launch file is for the person alone", async () => {
  const folder = launchFolder(dir);
  const command = { argv: ["/bin/sh"] as const, cwd: "/", env: { SECRET: "s" } };
  await folder.release("mine", { command, key: "k", farewell: "" });
  expect(statSync(join(dir, "mine")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(dir, "mine"), "utf8")).toContain("SECRET='s'");
  await folder.forget("mine");
  await folder.forget("mine");
  expect(existsSync(join(dir, "mine"))).toBe(false);
});

test("a report of another form is none", () => {
  for (const text of ["", "ready;x", "ready;x;y", "ended;k;", "told;k;1", undefined, null, 7]) {
    expect(readReport(text)).toBeUndefined();
  }
});
