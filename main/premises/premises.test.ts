import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openHome } from "../home/home.ts";
import { createStore } from "../team/store.ts";
import { openPremises } from "./premises.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-premises-")));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(projects: { path: string; at: number }[] = []) {
  const home = await openHome(join(folder, "home"));
  const store = createStore();
  const terminal = async () => "embedded";
  const hosts = async () => ["pty" as const];
  const report = (_: string, cause: unknown) => {
    throw cause;
  };
  const own = { home, env: process.env, store, projects, overrides: {} };
  const premises = openPremises({ ...own, terminal, hosts, report });
  return { home, store, premises, [Symbol.dispose]: () => premises[Symbol.dispose]() };
}

describe("the premises", () => {
  test("stand in the team's state from the start, and so does every change", async () => {
    using world = await open();
    expect(world.store.state.settings).toEqual(world.premises.settings);
    const changed = world.store.until(({ settings }) => (settings?.values.port === 5000 ? settings : undefined));
    await writeFile(world.home.paths.settings, '{"port": 5000}');
    expect((await changed).restart).toEqual(["port"]);
    await world.premises.configure(() => ({ appearance: "dark" }));
    expect(world.store.state.settings?.values).toMatchObject({ port: 5000, appearance: "dark" });
  });

  test("give managers a new token: in the file, and for who asks the helper from now on", async () => {
    using world = await open();
    const { token: before, personToken } = world.home;
    await world.premises.rotateToken();
    expect(world.home.token).not.toBe(before);
    expect(await readFile(world.home.paths.token, "utf8")).toBe(world.home.token);
    expect(await readFile(world.home.paths.personToken, "utf8")).toBe(personToken);
    const header = execFileSync(world.home.paths.authHeader, { encoding: "utf8" });
    expect(JSON.parse(header)).toEqual({ Authorization: `Bearer ${world.home.token}` });
    expect((await openHome(join(folder, "home"))).token).toBe(world.home.token);
  });

  test("know the projects of before that still exist", async () => {
    const gone = join(folder, "gone");
    using world = await open([
      { path: gone, at: 3 },
      { path: folder, at: 2 },
    ]);
    expect(await world.premises.projects()).toEqual([{ path: folder, at: 2 }]);
  });

  test("tell no path inside claude-team's own home, so that no rule reaches its settings", async () => {
    using world = await open();
    const { dir, settings } = world.home.paths;
    await symlink(dir, join(folder, "link"));
    await writeFile(join(folder, "kept-elsewhere.json"), "{}");
    await symlink(join(folder, "kept-elsewhere.json"), settings);
    for (const path of [dir, settings, join(folder, "link", "new"), join(folder, "kept-elsewhere.json")])
      expect(world.premises.realPath(path)).toBeUndefined();
    expect(world.premises.realPath(`${dir}-of-others`)).toBe(`${dir}-of-others`);
  });
});
