import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Person, person } from "./test-kit.ts";

let me: Person;
afterEach(() => me[Symbol.asyncDispose]());

/** A `claude` that writes its arguments down, and keeps one entry as Claude Code 2.1.330 does. */
const claude = `#!/bin/sh
here=\${0%/*}
for word in "$@"; do printf '%s\\n' "$word"; done >>"$here/argv"
echo --- >>"$here/argv"
case "$2" in
  remove) rm -f "$here/.claude.json" ;;
  add-json)
    if [ -e "$here/.claude.json" ]; then echo "MCP server claude-team already exists in user config" >&2; exit 1; fi
    printf '{"mcpServers":{"claude-team":%s}}' "$4" >"$here/.claude.json" ;;
esac
`;

async function sitDown(habits: Parameters<typeof person>[0] = {}): Promise<void> {
  me = await person(habits);
  const bin = join(me.folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "claude"), claude);
  await chmod(join(bin, "claude"), 0o755);
  Object.assign(me.env, { CLAUDE_TEAM_CLAUDE: join(bin, "claude"), CLAUDE_CONFIG_DIR: bin, PATH: "/usr/bin:/bin" });
}
beforeEach(() => sitDown());

const config = () => join(me.folder, "bin", ".claude.json");
const ran = async () => {
  const text = await readFile(join(me.folder, "bin", "argv"), "utf8").catch(() => "");
  return text
    .split("---\n")
    .filter(Boolean)
    .map((call) => call.trimEnd().split("\n"));
};
const entry = () => ({
  type: "http",
  url: "http://127.0.0.1:4517/mcp",
  headersHelper: join(me.dir, "auth-header"),
  alwaysLoad: true,
  timeout: 3_600_000,
});

describe("install", () => {
  test("adds the entry by Claude Code's own command, after saying so, with no secret in it", async () => {
    const { code, err } = await me.types("install", "--yes");
    expect(code).toBe(0);
    const [call, ...others] = await ran();
    expect(others).toEqual([]);
    expect(call?.filter((_, i) => i !== 3)).toEqual(["mcp", "add-json", "claude-team", "--scope", "user"]);
    expect(JSON.parse(call?.[3] ?? "")).toEqual(entry());
    expect(err).toContain(`claude mcp add-json claude-team '${call?.[3]}' --scope user`);
    const token = await readFile(join(me.dir, "token"), "utf8");
    expect(err + call?.join(" ")).not.toContain(token);
  });

  test("uses the port that was asked for", async () => {
    await me.types("install", "--yes", "--port", "5000");
    expect(JSON.parse((await ran())[0]?.[3] ?? "").url).toBe("http://127.0.0.1:5000/mcp");
  });

  test("shows an entry that is there, without its secrets, and replaces it", async () => {
    const old = { type: "http", url: "http://127.0.0.1:1/mcp", headers: { Authorization: "Bearer hidden" } };
    await writeFile(config(), JSON.stringify({ mcpServers: { "claude-team": old } }));
    const { code, err } = await me.types("install", "--yes");
    expect(code).toBe(0);
    expect(err).toContain('"url":"http://127.0.0.1:1/mcp","headers":{"Authorization":"…"}');
    expect(err).not.toContain("hidden");
    expect((await ran()).map((call) => call[1])).toEqual(["remove", "add-json"]);
    expect(JSON.parse(await readFile(config(), "utf8")).mcpServers["claude-team"]).toEqual(entry());
  });

  test("leaves an entry alone that is as it would be, whatever the order of its fields", async () => {
    const fields = Object.entries(entry()).reverse();
    await writeFile(config(), JSON.stringify({ mcpServers: { "claude-team": Object.fromEntries(fields) } }));
    const { code, out } = await me.types("install");
    expect(code).toBe(0);
    expect(out).toContain("has this entry already");
    expect(await ran()).toEqual([]);
  });

  test("does nothing where nobody can be asked and --yes is not given", async () => {
    const { code, err } = await me.types("install");
    expect(code).toBe(2);
    expect(err).toContain("add --yes");
    expect(await ran()).toEqual([]);
  });

  test.each([
    ["n\n", 1, 0],
    ["\n", 1, 0],
    ["y\n", 0, 1],
  ])("asks the person: %j", async (input, code, calls) => {
    await me[Symbol.asyncDispose]();
    await sitDown({ input, tty: true });
    expect((await me.types("install")).code).toBe(code);
    expect(await ran()).toHaveLength(calls);
  });

  test("--print gives the JSON to paste and runs nothing", async () => {
    const { code, out } = await me.types("install", "--print");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ mcpServers: { "claude-team": entry() } });
    expect(await ran()).toEqual([]);
  });

  test("--print --header gives the one-line form with the token", async () => {
    const { out } = await me.types("install", "--print", "--header");
    const token = await readFile(join(me.dir, "token"), "utf8");
    expect(out).toBe(
      `claude mcp add --transport http claude-team http://127.0.0.1:4517/mcp --scope user --header "Authorization: Bearer ${token}"\n`,
    );
    expect((await me.types("install", "--header")).code).toBe(2);
  });

  test("says Claude Code's own words when it refuses", async () => {
    await writeFile(config(), "{");
    const { code, err } = await me.types("install", "--yes");
    expect(code).toBe(1);
    expect(err).toContain("already exists in user config");
  });

  test("without Claude Code says how to get it", async () => {
    Object.assign(me.env, { CLAUDE_TEAM_CLAUDE: join(me.folder, "none") });
    const { code, err } = await me.types("install", "--yes");
    expect(code).toBe(1);
    expect(err).toContain("CLAUDE_NOT_FOUND");
  });

  test("with a port that changes asks for one", async () => {
    await mkdir(me.dir, { mode: 0o700 });
    await writeFile(join(me.dir, "settings.json"), '{"port":0}');
    const { code, err } = await me.types("install", "--yes");
    expect(code).toBe(2);
    expect(err).toContain("give --port");
  });
});

describe("uninstall", () => {
  test("takes the entry out again", async () => {
    await me.types("install", "--yes");
    expect((await me.types("uninstall", "--yes")).code).toBe(0);
    expect((await ran()).at(-1)).toEqual(["mcp", "remove", "claude-team", "--scope", "user"]);
  });

  test("has nothing to do when there is none", async () => {
    const { code, out } = await me.types("uninstall");
    expect(code).toBe(0);
    expect(out).toContain("Nothing to remove");
    expect(await ran()).toEqual([]);
  });
});
