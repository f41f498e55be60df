import { once } from "node:events";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Check, checkNode } from "./checks.ts";
import { fakeServer, type Person, person } from "./test-kit.ts";

let me: Person;
beforeEach(async () => {
  me = await person();
  Object.assign(me.env, {
    SHELL: "/bin/sh",
    CLAUDE_TEAM_CLAUDE: await program("claude", 'echo "2.1.330 (Claude Code)"'),
  });
  Object.assign(me.env, { PATH: join(me.folder, "bin"), CLAUDE_CONFIG_DIR: me.folder });
  await program("curl", "exit 0");
});
afterEach(() => me[Symbol.asyncDispose]());

async function program(name: string, script: string): Promise<string> {
  const file = join(me.folder, "bin", name);
  await mkdir(join(me.folder, "bin"), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

async function checks(...argv: string[]): Promise<{ code: number; of: (name: string) => Check }> {
  const { code, out } = await me.types("doctor", "--json", "--port", "0", ...argv);
  const all: Check[] = JSON.parse(out);
  return { code, of: (name) => all.find((check) => check.name === name)! };
}

describe("the doctor", () => {
  test("finds a whole world well, but for what claude-team install adds", async () => {
    const { code, of } = await checks();
    expect(code).toBe(0);
    for (const name of ["node", "claude", "curl", "home", "settings", "port", "pty"]) {
      expect(of(name)).toMatchObject({ state: "ok", fix: null });
    }
    expect(of("claude").fact).toContain("2.1.330 at ");
    expect(of("mcp entry")).toMatchObject({ state: "note", fix: "claude-team install" });
  });

  test("says it for people, each line with its fix", async () => {
    await program("curl", "");
    await chmod(join(me.folder, "bin", "curl"), 0o644);
    const { code, out } = await me.types("doctor", "--port", "0");
    expect(code).toBe(1);
    expect(out).toMatch(/^ok {7}node {7}\d+\.\d+/m);
    expect(out).toMatch(/^missing {2}curl {7}not in PATH\n {20}→ /m);
    expect(out).toMatch(/^note {5}mcp entry/m);
  });

  test("names a missing Claude Code and how to get it", async () => {
    Object.assign(me.env, { CLAUDE_TEAM_CLAUDE: join(me.folder, "none") });
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of("claude")).toMatchObject({
      state: "missing",
      fix: expect.stringContaining("install Claude Code"),
    });
  });

  test("names a Claude Code that does not run", async () => {
    await program("claude", "exit 1");
    expect((await checks()).of("claude")).toMatchObject({
      state: "missing",
      fix: expect.stringContaining("--version"),
    });
  });

  test("only remarks on another version of Claude Code", async () => {
    await program("claude", "echo 2.2.0");
    const { code, of } = await checks();
    expect(code).toBe(0);
    expect(of("claude")).toMatchObject({
      state: "note",
      fact: expect.stringContaining("tested with 2.1.330"),
    });
  });

  test.each([
    ["echo no", "iTerm2 is not installed", /^install it from https:/],
    ["echo yes", "iTerm2 runs, but its Python API is off", /Settings > General > Magic > Enable Python API/],
  ])("says of an iTerm2 for which osascript says %j what to do, and needs none", async (script, fact, fix) => {
    const osascript = await program("osascript", script);
    Object.assign(me.env, { CLAUDE_TEAM_ITERM2_SOCKET: join(me.folder, "none"), CLAUDE_TEAM_OSASCRIPT: osascript });
    const { code, of } = await checks();
    expect(code).toBe(0);
    expect(of("iterm2")).toEqual({ name: "iterm2", state: "note", fact, fix: expect.stringMatching(fix) });
  });

  test.each([
    ["missing", undefined, "note", "tmux is not installed", "`apt-get install tmux` / `brew install tmux`"],
    ["too old", "2.9a", "note", "tmux 2.9a is too old, 3.1 or newer", "`apt-get install tmux` / `brew install tmux`"],
    ["there", "3.3a", "ok", "tmux 3.3a", null],
  ])("says of a tmux that is %s what it is, and needs none", async (_, version, state, fact, fix) => {
    if (version) await program("tmux", `echo tmux ${version}`);
    const { code, of } = await checks();
    expect(code).toBe(0);
    expect(of("tmux")).toEqual({ name: "tmux", state, fact, fix });
  });

  test("names a home that others can read, with the command that mends it", async () => {
    await mkdir(me.dir);
    await chmod(me.dir, 0o755);
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of("home")).toMatchObject({ state: "missing", fix: `chmod 700 ${me.dir}` });
  });

  test("makes no home", async () => {
    await checks();
    await expect(chmod(me.dir, 0o700)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test.each(["{}", '{"maxWorkers": 0}', "{"])("writes nothing, also when the settings are %s", async (text) => {
    await mkdir(me.dir, { mode: 0o700 });
    await writeFile(join(me.dir, "settings.json"), text);
    await checks();
    expect(await readdir(me.dir, { recursive: true })).toEqual(["settings.json"]);
  });

  test("names a home that is a file", async () => {
    await writeFile(me.dir, "");
    expect((await checks()).of("home")).toMatchObject({
      state: "missing",
      fact: `${me.dir} is no folder: choose another one`,
    });
  });

  test("names a token that others can read", async () => {
    await mkdir(me.dir, { mode: 0o700 });
    await writeFile(join(me.dir, "person-token"), "x".repeat(43), { mode: 0o644 });
    expect((await checks()).of("home")).toMatchObject({ state: "missing", fix: `chmod 600 ${me.dir}/person-token` });
  });

  test("names the wrong field in the settings", async () => {
    await mkdir(me.dir, { mode: 0o700 });
    await writeFile(join(me.dir, "settings.json"), '{"maxWorkers": 0}');
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of("settings")).toMatchObject({ state: "missing", fact: expect.stringContaining("maxWorkers") });
  });

  test("names a port that another program has", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { code, of } = await checks("--port", String(port));
    server.close();
    expect(code).toBe(1);
    expect(of("port")).toMatchObject({ state: "missing", fact: `${port} cannot be used (EADDRINUSE)` });
  });

  test("knows our own server on the port, and the entry that stands for it", async () => {
    await using server = await fakeServer(me.dir, {});
    const { port, home } = server;
    const entry = { url: `http://127.0.0.1:${port}/mcp`, headersHelper: home.paths.authHeader };
    await writeFile(join(me.folder, ".claude.json"), JSON.stringify({ mcpServers: { "claude-team": entry } }));
    const { code, of } = await checks();
    expect(code).toBe(0);
    expect(of("port").fact).toContain(`${port}, served by our process`);
    expect(of("mcp entry")).toMatchObject({ state: "ok" });
  });

  test("remarks on an entry for another port", async () => {
    const entry = { url: "http://127.0.0.1:1/mcp" };
    await writeFile(join(me.folder, ".claude.json"), JSON.stringify({ mcpServers: { "claude-team": entry } }));
    expect((await checks()).of("mcp entry")).toMatchObject({ state: "note", fix: "claude-team install" });
  });
});

test.each([
  ["20.18.3", "missing"],
  ["18.20.0", "missing"],
  ["20.19.0", "ok"],
  ["24.0.0", "ok"],
])("node %s is %s", (version, state) => {
  expect(checkNode(version).state).toBe(state);
});
