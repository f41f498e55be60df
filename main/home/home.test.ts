import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openHome } from "./home.ts";
import { chooseHome } from "./paths.ts";

let folder: string;
let dir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "claude-team-home-"));
  dir = join(folder, "home");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe("where the home is", () => {
  test.each([
    ["the flag before the variable", "/flag", { CLAUDE_TEAM_HOME: "/variable" }, "/flag"],
    ["the variable before the default", undefined, { CLAUDE_TEAM_HOME: "/variable" }, "/variable"],
    ["an empty variable is none", undefined, { CLAUDE_TEAM_HOME: "" }, "/users/ann/.claude-team"],
    ["the default", undefined, {}, "/users/ann/.claude-team"],
    ["letters of any script", "/home/zoë/チーム", {}, "/home/zoë/チーム"],
  ])("%s", (_, flag, env, expected) => {
    expect(chooseHome(flag, env, "/users/ann")).toBe(expected);
  });

  test.each(["/a b", "/a$b", "/a`b", "/a;b", "/a'b", '/a"b', "/a\nb", "/a*b", "/a(b", "/a~b", "/a#b", "/a!b"])(
    "a path that a shell would take apart is refused: %j",
    (path) => {
      expect(() => chooseHome(path, {}, "/users/ann")).toThrow(/stands in shell commands/);
    },
  );
});

describe("what stands in it", () => {
  test("everything is made at the first start, for its user alone", async () => {
    const home = await openHome(dir);
    expect(home.problem).toBeNull();
    expect(home.settings.port).toBe(4517);
    expect(await modeOf(dir)).toBe("700");
    expect(await modeOf(home.paths.workers)).toBe("700");
    expect(await modeOf(home.paths.logs)).toBe("700");
    expect(await modeOf(home.paths.token)).toBe("600");
    expect(await modeOf(home.paths.authHeader)).toBe("700");
    expect(await modeOf(home.paths.personToken)).toBe("600");
    for (const token of [home.token, home.personToken]) expect(token).toMatch(/^[\w-]{43}$/);
    expect(home.personToken).not.toBe(home.token);
    expect(await readFile(home.paths.token, "utf8")).toBe(home.token);
    expect(await readFile(home.paths.personToken, "utf8")).toBe(home.personToken);
    expect((await readdir(dir)).sort()).toEqual([
      "auth-header",
      "logs",
      "panel-key",
      "person-token",
      "token",
      "workers",
    ]);
  });

  test("the token stays the same, and two starts at once agree on it", async () => {
    const [one, two] = await Promise.all([openHome(dir), openHome(dir)]);
    expect(two.token).toBe(one.token);
    expect(await openHome(dir)).toMatchObject({ token: one.token, personToken: one.personToken });
  });

  test("auth-header prints the header with the token as it is now", async () => {
    const { paths, token } = await openHome(dir);
    const header = () => JSON.parse(execFileSync(paths.authHeader, { encoding: "utf8" }));
    expect(header()).toEqual({ Authorization: `Bearer ${token}` });
    await writeFile(paths.token, `${"x".repeat(43)}\n`);
    expect(header()).toEqual({ Authorization: `Bearer ${"x".repeat(43)}` });
  });

  test("auth-header is mended when it was changed or the home moved", async () => {
    const { paths } = await openHome(dir);
    await writeFile(paths.authHeader, "#!/bin/sh\n");
    await chmod(paths.authHeader, 0o644);
    const { token } = await openHome(dir);
    expect(execFileSync(paths.authHeader, { encoding: "utf8" })).toContain(token);
    await rename(dir, `${dir}-2`);
    const moved = await openHome(`${dir}-2`);
    expect(execFileSync(moved.paths.authHeader, { encoding: "utf8" })).toContain(token);
  });
});

describe("what is refused", () => {
  test("a folder open to others, with the command that mends it", async () => {
    await openHome(dir);
    await chmod(dir, 0o755);
    await expect(openHome(dir)).rejects.toMatchObject({
      code: "HOME_UNSAFE",
      message: expect.stringContaining(`chmod 700 ${dir}`),
    });
  });

  test.each(["token", "personToken"] as const)(
    "a %s that others can read, with the command that mends it",
    async (name) => {
      const { paths } = await openHome(dir);
      await chmod(paths[name], 0o644);
      await expect(openHome(dir)).rejects.toThrow(`chmod 600 ${paths[name]}`);
    },
  );

  test("a token that is a symbolic link", async () => {
    const { paths } = await openHome(dir);
    await rename(paths.token, join(folder, "elsewhere"));
    await symlink(join(folder, "elsewhere"), paths.token);
    await expect(openHome(dir)).rejects.toMatchObject({ code: "HOME_UNSAFE" });
  });

  test("a token that is damaged", async () => {
    const { paths } = await openHome(dir);
    await writeFile(paths.token, "short");
    await expect(openHome(dir)).rejects.toThrow(/damaged: remove it/);
  });

  test("a folder that cannot be made", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openHome(join(folder, "file", "home"))).rejects.toMatchObject({ code: "HOME_UNSAFE" });
  });
});

describe("settings", () => {
  const everyTrust = ["allowedRoots", "managerMayAnswer", "managerMayBypass", "permissionMode", "claudeArguments"];
  const without = (field: string) => everyTrust.filter((name) => name !== field);
  const load = async (text: string) => {
    const { paths } = await openHome(dir);
    await writeFile(paths.settings, text);
    return openHome(dir);
  };

  test("what a person wrote is used, the rest is default", async () => {
    const { settings, problem } = await load('{"port": 5000, "managerMayAnswer": "no"}');
    expect(problem).toBeNull();
    expect(settings).toMatchObject({ port: 5000, managerMayAnswer: "no", terminal: "auto" });
  });

  test("a wrong field is named and gets its default, the others stay, and the file is not touched", async () => {
    const text = '{"port": "many", "managerMayAnswer": "no", "colour": 1}';
    const { settings, problem, paths } = await load(text);
    expect(settings).toMatchObject({ port: 4517, managerMayAnswer: "no" });
    expect(problem).toContain("port");
    expect(problem).toContain("colour");
    expect(await readFile(paths.settings, "utf8")).toBe(text);
    const copies = (await readdir(dir)).filter((name) => name.startsWith("settings.broken-"));
    expect(copies).toHaveLength(1);
    expect(await readFile(join(dir, copies[0]!), "utf8")).toBe(text);
    expect(await modeOf(join(dir, copies[0]!))).toBe("600");
  });

  test.each(["{", "", "[1]", '"text"', "null", "7", '{"__proto__": {"port": 1}, "constructor": 2}'])(
    "a file that is no settings at all gives the defaults: %j",
    async (text) => {
      const { settings, problem } = await load(text);
      expect(settings.port).toBe(4517);
      expect(problem).not.toBeNull();
    },
  );

  test.each([
    ["a file that is no JSON", '{"allowedRoots": ["/work"], ', everyTrust],
    ["a file that is no object", "[1]", everyTrust],
    ["a faulty list of roots", '{"allowedRoots": "/work", "managerMayAnswer": "yes"}', ["allowedRoots"]],
    ["one faulty root", '{"allowedRoots": ["/work", ""]}', ["allowedRoots"]],
    [
      "a faulty policy",
      '{"managerMayAnswer": "nope", "managerMayBypass": 1}',
      ["managerMayAnswer", "managerMayBypass"],
    ],
    ["a faulty mode", '{"permissionMode": "default"}', ["permissionMode"]],
    ["a misspelt name", '{"allowedRoot": ["/work"], "permissionMode": "plan"}', without("permissionMode")],
    ["a fault elsewhere", '{"port": "many"}', []],
  ])("%s says nothing of whom to trust, so that the strictest counts", async (_, text, expected) => {
    const { settings, unknown } = await load(text);
    expect(unknown).toEqual(expected);
    if (unknown.includes("managerMayAnswer")) expect(settings.managerMayAnswer).toBe("no");
    if (unknown.includes("managerMayBypass")) expect(settings.managerMayBypass).toBe(false);
    if (unknown.includes("permissionMode")) expect(settings.permissionMode).toBe("manual");
  });

  test("a file that may not be read says as little", async () => {
    const { paths } = await openHome(dir);
    await mkdir(paths.settings);
    const { settings, unknown, problem } = await openHome(dir);
    expect(problem).toContain("cannot be read");
    expect(unknown).toEqual(everyTrust);
    expect(settings.managerMayAnswer).toBe("no");
  });

  test("one broken file is kept aside once, however often it is read", async () => {
    await load("{");
    await openHome(dir);
    await openHome(dir);
    expect((await readdir(dir)).filter((name) => name.startsWith("settings.broken-"))).toHaveLength(1);
  });
});
