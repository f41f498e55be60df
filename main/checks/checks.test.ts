import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { settings } from "../../contract/settings.ts";
import { openHome } from "../home/home.ts";
import { createChecks } from "./checks.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-checks-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A Claude Code of this version that keeps MCP entries in its configuration as 2.1.330 does. */
const claude = (version: string) => `#!/bin/sh
here=\${0%/*}
case "$*" in
  --version) echo "${version} (Claude Code)" ;;
  "mcp remove"*) rm "$here/.claude.json" ;;
  "mcp add-json"*)
    if [ -e "$here/refuses" ]; then echo "not today" >&2; exit 1; fi
    if [ -e "$here/.claude.json" ]; then echo "already exists" >&2; exit 1; fi
    printf '{"mcpServers":{"claude-team":%s}}' "$4" >"$here/.claude.json" ;;
esac
`;

async function sitDown({ version = "2.1.330", terminal = async () => "tmux 3.5a", name = "" } = {}) {
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "claude"), claude(version));
  await chmod(join(bin, "claude"), 0o755);
  const { paths, token } = await openHome(join(folder, "home"));
  const env = {
    CLAUDE_TEAM_CLAUDE: join(bin, "claude"),
    CLAUDE_CONFIG_DIR: bin,
    PATH: "/usr/bin:/bin",
    CLAUDE_TEAM_ENTRY: name,
  };
  const values = settings.parse({});
  const hosts = async () => ["tmux" as const, "pty" as const];
  const checks = createChecks({ paths, person: { env, userHome: folder }, settings: () => values, terminal, hosts });
  const of = async (name: string) => (await checks.look()).find((check) => check.name === name);
  return { checks, of, bin, values, token, config: join(bin, ".claude.json") };
}

describe("the checks", () => {
  test("say what was found, and need nothing once all is there", async () => {
    const { checks, of } = await sitDown();
    expect(await of("terminal")).toEqual({
      ...{ name: "terminal", state: "ok", fact: "tmux 3.5a", fix: null, hosts: ["tmux", "pty"] },
    });
    expect(await of("claude")).toMatchObject({ state: "ok", fact: expect.stringContaining("2.1.330 at "), fix: null });
    const change = (await of("entry"))?.fix?.change ?? "";
    await checks.fix("entry", change);
    expect((await checks.look()).map(({ state, fix }) => [state, fix])).toEqual(Array(3).fill(["ok", null]));
  });

  test("give a terminal's own next step, and another Claude Code's version a note", async () => {
    const away = async () => {
      throw new TeamError("TERMINAL_UNREACHABLE", "iTerm2's Python API is off");
    };
    const { of } = await sitDown({ version: "9.9.9", terminal: away });
    const text = new TeamError("TERMINAL_UNREACHABLE", "").advice;
    expect(await of("terminal")).toMatchObject({
      ...{ state: "missing", fact: "iTerm2's Python API is off", fix: { text, change: null } },
    });
    expect(await of("claude")).toMatchObject({ state: "note", fix: { change: null } });
  });

  test("know the three entries that lead to us, and no other", async () => {
    const { of, config, token } = await sitDown();
    const fact = async (entry: object) => {
      await writeFile(config, JSON.stringify({ mcpServers: { "claude-team": entry } }));
      return (await of("entry"))?.fact;
    };
    const url = "http://127.0.0.1:4517/mcp";
    const header = (value: string) => ({ type: "http", url, headers: { Authorization: `Bearer ${value}` } });
    expect(await fact({ url, headersHelper: join(folder, "home", "auth-header") })).toBe("for port 4517");
    expect(await fact(header(token))).toBe("for port 4517, with the token in it");
    expect(await fact({ command: "node", args: ["dist/main/cli.js", "mcp"] })).toBe("by the command claude-team mcp");
    const other = "it stands for another port, home or token";
    expect(await fact(header("of before"))).toBe(other);
    expect(await fact({ ...header(token), url: "http://127.0.0.1:4518/mcp" })).toBe(other);
    expect(await fact({ command: "node", args: ["server.js"] })).toBe(other);
    expect(await fact({ url })).toBe(other);
  });
});

describe("a fix", () => {
  test("of the demo adds the demo's own entry, and the check tells its name", async () => {
    const { checks, of, config } = await sitDown({ name: "claude-team-demo" });
    const entry = await of("entry");
    expect(entry).toMatchObject({ entry: "claude-team-demo", fact: "Claude Code does not know claude-team-demo yet" });
    expect(entry?.fix?.change).toMatch(/^claude mcp add-json claude-team-demo /);
    await writeFile(config, JSON.stringify({ mcpServers: { "claude-team": { url: "http://127.0.0.1:4517/mcp" } } }));
    expect(await of("entry")).toMatchObject({ state: "note", fix: { change: entry?.fix?.change } });
    expect((await checks.look()).at(-1)?.entry).toBe("claude-team-demo");
  });

  test("does exactly what was shown", async () => {
    const { checks, of, config } = await sitDown();
    const shown = await of("entry");
    expect(shown).toMatchObject({ state: "note", fact: "Claude Code does not know claude-team yet" });
    const change = shown?.fix?.change ?? "";
    expect(change).toMatch(
      /^claude mcp add-json claude-team '\{.*"url":"http:\/\/127\.0\.0\.1:4517\/mcp".*\}' --scope user$/,
    );
    expect(await checks.fix("entry", change)).toEqual({
      ...{ name: "entry", state: "ok", fact: "for port 4517", fix: null, entry: "claude-team" },
    });
    expect(change).toContain(JSON.stringify(JSON.parse(await readFile(config, "utf8")).mcpServers["claude-team"]));
  });

  test("that Claude Code refuses says its words, and what to do", async () => {
    const { checks, of, bin } = await sitDown();
    const change = (await of("entry"))?.fix?.change ?? "";
    await writeFile(join(bin, "refuses"), "");
    await expect(checks.fix("entry", change)).rejects.toMatchObject({
      code: "CLAUDE_REFUSED",
      message: "claude mcp add-json failed: not today",
    });
  });

  test("that would put another entry's place first shows that it takes it out", async () => {
    const { checks, of, config } = await sitDown();
    await writeFile(config, JSON.stringify({ mcpServers: { "claude-team": { command: "old" } } }));
    const change = (await of("entry"))?.fix?.change ?? "";
    expect(change.split("\n")[0]).toBe("claude mcp remove claude-team --scope user");
    expect(await checks.fix("entry", change)).toMatchObject({ state: "ok" });
  });

  test("is refused when it would be another one by now, or never was one", async () => {
    const { checks, of, values, config } = await sitDown();
    const change = (await of("entry"))?.fix?.change ?? "";
    values.port = 5000;
    await expect(checks.fix("entry", change)).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(checks.fix("entry", "rm -rf /")).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(checks.fix("claude", "curl | sh")).rejects.toMatchObject({ code: "INPUT_INVALID" });
    await expect(readFile(config)).rejects.toThrow();
  });
});
