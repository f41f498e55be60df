import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFinder } from "./find.ts";
import { loginPath } from "./login-shell.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "find-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A program in the test's folder. */
function program(name: string, script = "echo '2.1.330 (Claude Code)'"): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
/** A login shell with noisy rc files and this PATH. */
const shell = (path: string) =>
  program("shell", `echo "Welcome to $(uname)"; PATH='${path}'; [ "$1 $2 $3" = "-l -i -c" ] && eval "$4"; echo bye`);
const find = (env: NodeJS.ProcessEnv, rest: { setting?: string; usualPlaces?: string[] } = {}) =>
  createFinder({ env, setting: () => rest.setting ?? null, usualPlaces: rest.usualPlaces ?? [] });

describe("Claude Code's binary", () => {
  test("is the one in PATH", async () => {
    const binary = program("bin/claude");
    const PATH = `relative:${join(root, "none")}:${join(root, "bin")}`;
    expect(await find({ PATH }).binary()).toEqual({ binary, from: "PATH" });
  });

  test("is the one set in settings.json, before the variable, before PATH", async () => {
    const [set, variable] = [program("set"), program("variable")];
    program("bin/claude");
    const env = { PATH: join(root, "bin"), CLAUDE_TEAM_CLAUDE: variable };
    expect(await find(env, { setting: set }).binary()).toEqual({ binary: set, from: "setting" });
    expect(await find(env).binary()).toEqual({ binary: variable, from: "CLAUDE_TEAM_CLAUDE" });
  });

  test("is not looked for elsewhere when the one that is set cannot be run", async () => {
    program("bin/claude");
    const plain = join(root, "plain");
    writeFileSync(plain, "");
    const env = { PATH: join(root, "bin") };
    const named = { code: "CLAUDE_NOT_FOUND", message: expect.stringContaining(`settings.json names ${plain}`) };
    await expect(find(env, { setting: plain }).binary()).rejects.toMatchObject(named);
    await expect(find({ ...env, CLAUDE_TEAM_CLAUDE: root }).binary()).rejects.toThrow(
      `CLAUDE_TEAM_CLAUDE names ${root}`,
    );
    await expect(find(env, { setting: "claude" }).binary()).rejects.toThrow("not an absolute path");
  });

  test("is asked for again of a login shell that told nothing once", async () => {
    const binary = program("rc/claude");
    const SHELL = program("shell", "exit 1");
    const finder = find({ PATH: "/nowhere", SHELL });
    await expect(finder.binary()).rejects.toThrow("it did not tell");
    shell(`${join(root, "rc")}:/usr/bin`);
    expect(await finder.binary()).toEqual({ binary, from: "login shell" });
  });

  test("is found through the login shell, whatever its rc files print", async () => {
    const binary = program("rc/claude");
    const env = { PATH: "/nowhere", SHELL: shell(`${join(root, "rc")}:/usr/bin`) };
    expect(await find(env).binary()).toEqual({ binary, from: "login shell" });
  });

  test("is found at a usual place when no PATH names it", async () => {
    const binary = program("home/.claude/local/claude");
    const env = { PATH: "/nowhere", SHELL: shell("/nowhere") };
    expect(await find(env, { usualPlaces: ["/nowhere/claude", binary] }).binary()).toEqual({
      binary,
      from: "usual place",
    });
  });

  test("that is nowhere names everywhere we looked", async () => {
    const env = { PATH: "/nowhere", SHELL: shell("/elsewhere") };
    const looked = find(env, { usualPlaces: ["/usual/claude"] }).binary();
    await expect(looked).rejects.toMatchObject({ code: "CLAUDE_NOT_FOUND" });
    await expect(looked).rejects.toThrow(/\/nowhere.*\/elsewhere.*\/usual\/claude/);
  });

  test("that is nowhere is not told with the folders that npm puts before", async () => {
    const PATH = "/our/node_modules/.bin:/npm/node-gyp-bin:/nowhere:/mine/node_modules/.bin";
    const env = { PATH, npm_command: "run-script", SHELL: shell("/elsewhere") };
    const looked = find(env).binary();
    await expect(looked).rejects.toThrow(
      "looked for claude in PATH (/nowhere:/mine/node_modules/.bin), in the PATH of",
    );
  });

  test("is looked for anew each time, but the shell is asked once", async () => {
    const count = join(root, "count");
    const SHELL = program("shell", `echo x >> '${count}'; PATH='${join(root, "rc")}'; eval "$4"`);
    const finder = find({ PATH: "/nowhere", SHELL });
    await expect(finder.binary()).rejects.toThrow();
    program("rc/claude");
    expect((await finder.binary()).from).toBe("login shell");
    expect(readFileSync(count, "utf8")).toBe("x\n");
  });

  test("tells its version", async () => {
    const finder = find({ PATH: "/usr/bin:/bin", SHLVL: "1" });
    expect(await finder.version(program("good"))).toBe("2.1.330");
    expect(await finder.version(program("bad", "exit 3"))).toBeNull();
  });
});

describe("the PATH for workers", () => {
  test("is ours when a shell started us", async () => {
    expect(await find({ PATH: "/venv/bin:/bin", SHLVL: "1", SHELL: shell("/login") }).path()).toBe("/venv/bin:/bin");
  });

  test("is the login shell's when the desktop started us", async () => {
    expect(await find({ PATH: "/usr/bin:/bin", SHELL: shell("/login/bin:/bin") }).path()).toBe("/login/bin:/bin");
  });

  test("stays ours when the login shell cannot be asked", async () => {
    expect(await find({ PATH: "/bin", SHELL: join(root, "none") }).path()).toBe("/bin");
  });
});

describe("a login shell", () => {
  test("that never comes back is ended after the time given", async () => {
    expect(await loginPath({ SHELL: program("hangs", "sleep 600") }, 100)).toBeNull();
  });

  test("whose rc files leave something running does not hold us up", async () => {
    expect(await loginPath({ SHELL: program("leaves", 'sleep 600 & PATH=/here; eval "$4"; wait') })).toBe("/here");
  });

  test("that is a real one answers", async () => {
    expect(await loginPath({ SHELL: "/bin/sh", PATH: "/bin:/usr/bin", HOME: root })).toContain("/bin");
  });
});
