import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SettingsState } from "../../contract/settings.ts";
import { type LiveSettings, openLiveSettings } from "./live-settings.ts";
import { loadSettings } from "./settings.ts";

let folder: string;
let path: string;
const opened: LiveSettings[] = [];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-settings-")));
  path = join(folder, "settings.json");
});
afterEach(async () => {
  for (const live of opened.splice(0)) live[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

/** Live settings over a file with this text; `next` resolves with the state after the next change that is told. */
async function open(text?: string, overrides = {}) {
  if (text !== undefined) await writeFile(path, text);
  const told: SettingsState[] = [];
  const waiting: ((state: SettingsState) => void)[] = [];
  const changed = (state: SettingsState) => {
    told.push(state);
    waiting.shift()?.(state);
  };
  const reports: unknown[] = [];
  const report = (cause: unknown) => void reports.push(cause);
  const live = openLiveSettings({ path, loaded: await loadSettings(path), overrides, changed, report });
  opened.push(live);
  return { live, told, reports, next: () => new Promise<SettingsState>((resolve) => waiting.push(resolve)) };
}

describe("a change by command", () => {
  test("is written beside what the person wrote, for nobody else to read, and counts at once", async () => {
    const { live, told } = await open('{"port": 5000}');
    const state = await live.change(() => ({ maxWorkers: 3 }));
    expect(state.values).toMatchObject({ port: 5000, maxWorkers: 3 });
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ port: 5000, maxWorkers: 3 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(told).toEqual([state]);
    expect(live.state).toBe(state);
  });

  test("makes the file when there is none", async () => {
    const { live } = await open();
    await live.change(() => ({ appearance: "dark" }));
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ appearance: "dark" });
  });

  test("never goes over a broken file: it is refused with what is wrong, and the file stays", async () => {
    const { live } = await open('{"port": "many"}');
    await expect(live.change(() => ({ maxWorkers: 3 }))).rejects.toMatchObject({
      code: "SETTINGS_BROKEN",
      message: expect.stringContaining("port"),
    });
    expect(await readFile(path, "utf8")).toBe('{"port": "many"}');
  });

  test("that the schema refuses writes nothing", async () => {
    const { live, told } = await open("{}");
    await expect(live.change(() => ({ maxWorkers: 0 }))).rejects.toMatchObject({ code: "INPUT_INVALID" });
    expect([await readFile(path, "utf8"), told]).toEqual(["{}", []]);
  });

  test("keeps what a person wrote a moment before, and all of several at once", async () => {
    const { live } = await open("{}");
    await writeFile(path, '{"claudeArguments": ["--verbose"]}');
    await Promise.all([
      live.change(() => ({ maxWorkers: 3 })),
      live.change(({ maxWorkers }) => ({ maxWorkers: maxWorkers + 1 })),
      live.change(() => ({ launchAtLogin: true, port: undefined })),
    ]);
    const written = JSON.parse(await readFile(path, "utf8"));
    expect(written).toEqual({ claudeArguments: ["--verbose"], maxWorkers: 4, launchAtLogin: true });
  });

  test("goes through a link to where the person keeps the file", async () => {
    await mkdir(join(folder, "dotfiles"));
    await writeFile(join(folder, "dotfiles", "s.json"), "{}");
    await symlink(join(folder, "dotfiles", "s.json"), path);
    const { live, next } = await open();
    await live.change(() => ({ maxWorkers: 3 }));
    expect(JSON.parse(await readFile(join(folder, "dotfiles", "s.json"), "utf8"))).toEqual({ maxWorkers: 3 });
    expect(await readdir(folder)).toEqual(["dotfiles", "settings.json"]);
    const edited = next();
    await writeFile(join(folder, "dotfiles", "s.json"), '{"maxWorkers": 4}');
    expect((await edited).values.maxWorkers).toBe(4);
  });

  test("of the port says that it counts after a restart, until it is taken back", async () => {
    const { live } = await open('{"port": 5000}');
    expect((await live.change(() => ({ port: 5001 }))).restart).toEqual(["port"]);
    expect((await live.change(() => ({ port: 5000 }))).restart).toEqual([]);
  });

  test("stands below what the command line said", async () => {
    const { live } = await open("{}", { terminal: "pty" });
    expect((await live.change(() => ({ terminal: "tmux" }))).values.terminal).toBe("pty");
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ terminal: "tmux" });
  });
});

describe("an edit by hand", () => {
  test("counts, whether the editor writes in place or puts a new file there", async () => {
    const { next } = await open("{}");
    const inPlace = next();
    await writeFile(path, '{"managerMayAnswer": "no"}');
    expect((await inPlace).values.managerMayAnswer).toBe("no");
    const replaced = next();
    await writeFile(`${path}~`, '{"managerMayAnswer": "yes"}');
    await rename(`${path}~`, path);
    expect((await replaced).values.managerMayAnswer).toBe("yes");
  });

  test("that breaks the file is complained about, and the last good values stay until it is mended", async () => {
    const { next, live } = await open('{"managerMayAnswer": "no", "maxWorkers": 7}');
    const broken = next();
    await writeFile(path, '{"managerMayAnswer": "nope", "maxWorkers": 8}');
    expect(await broken).toMatchObject({
      values: { managerMayAnswer: "no", maxWorkers: 7 },
      problem: expect.stringContaining("managerMayAnswer"),
    });
    const mended = next();
    await writeFile(path, '{"maxWorkers": 8}');
    expect(await mended).toMatchObject({ values: { managerMayAnswer: "ask", maxWorkers: 8 }, problem: null });
    expect(live.state.problem).toBeNull();
  });

  test("of a file that was broken at the start mends nothing until all of it is sound", async () => {
    const { next, live } = await open('{"allowedRoots": "/work", "managerMayAnswer": "nope"}');
    const unknown = ["allowedRoots", "managerMayAnswer"];
    expect(live.state).toMatchObject({ unknown, values: { managerMayAnswer: "no" } });
    const half = next();
    await writeFile(path, '{"allowedRoots": "/work", "managerMayAnswer": "yes"}');
    expect(await half).toMatchObject({ unknown, values: { managerMayAnswer: "no" } });
    const mended = next();
    await writeFile(path, '{"allowedRoots": ["/work"], "managerMayAnswer": "yes"}');
    const state = await mended;
    expect(state.values).toMatchObject({ allowedRoots: ["/work"], managerMayAnswer: "yes" });
    expect(state.unknown).toBeUndefined();
  });

  test("that breaks what was sound at the start makes nothing unknown", async () => {
    const { next } = await open('{"allowedRoots": ["/work"]}');
    const broken = next();
    await writeFile(path, '{"allowedRoots": "/work"}');
    const { values, unknown } = await broken;
    expect([values.allowedRoots, unknown]).toEqual([["/work"], undefined]);
  });
});
