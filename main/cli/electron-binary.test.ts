import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findElectron } from "./electron-binary.ts";
import { type Person, person } from "./test-kit.ts";
import type { World } from "./world.ts";

let me: Person;
beforeEach(async () => {
  me = await person();
});
afterEach(() => me[Symbol.asyncDispose]());

const find = (env: NodeJS.ProcessEnv, machine: { linux: boolean; root: boolean }) =>
  findElectron({ env, err: () => undefined } as unknown as World, machine);
const desktop = { linux: true, root: false };

test("the binary of the folder that is named is used", async () => {
  const dist = join(me.folder, "dist");
  await mkdir(dist);
  await writeFile(join(dist, "electron"), "");
  const env = { DISPLAY: ":0", ELECTRON_OVERRIDE_DIST_PATH: dist, CI: "1" };
  expect(await find(env, desktop)).toEqual({ binary: join(dist, "electron") });
});

test.each([
  ["has no display here", {}, desktop],
  ["does not run as root", { DISPLAY: ":0" }, { linux: true, root: true }],
  ["has no binary, and none is fetched here", { DISPLAY: ":0", CI: "1" }, desktop],
  ["has no binary, and none is fetched here", { ELECTRON_SKIP_BINARY_DOWNLOAD: "1" }, { linux: false, root: true }],
])("it %s: %j on %j", async (why, env, machine) => {
  const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: join(me.folder, "none") };
  expect(await find({ ...nowhere, ...env }, machine)).toEqual({ why });
});
