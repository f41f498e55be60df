import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { completeDirectory } from "./complete.ts";
import { realPath } from "./directory.ts";

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-complete-")));
  for (const name of ["Shop", "shoes", "docs", ".hidden", "many"]) await mkdir(join(folder, name));
  for (let n = 0; n < 60; n++) await mkdir(join(folder, "many", `d${n}`));
  await writeFile(join(folder, "short.txt"), "");
  await symlink(join(folder, "docs"), join(folder, "show"));
  await symlink(join(folder, "short.txt"), join(folder, "shot"));
  await symlink(join(folder, "nowhere"), join(folder, "dangling"));
});
afterAll(() => rm(folder, { recursive: true }));

const names = async (written: string) =>
  (await completeDirectory(written)).directories.map((path) => path.replace(`${folder}/`, ""));

describe("completing a path", () => {
  test("offers directories only, and links to some, whatever the case", async () => {
    expect(await names(join(folder, "sh"))).toEqual(["shoes", "Shop", "show"]);
    expect(await names(`${folder}/`)).toEqual(["docs", "many", "shoes", "Shop", "show"]);
  });

  test("offers hidden ones once their dot is written", async () => {
    expect(await names(join(folder, ".h"))).toEqual([".hidden"]);
  });

  test("says when there are more than fifty", async () => {
    const { directories, more } = await completeDirectory(`${folder}/many/`);
    expect([directories.length, more]).toEqual([50, true]);
  });

  test.each(["", "relative/pa", "/no/such/place/x", "-x"])("has nothing to offer for %j", async (written) => {
    expect(await completeDirectory(written)).toEqual({ directories: [], more: false });
  });

  test("keeps the ~ of who wrote one", async () => {
    expect(await completeDirectory("~")).toEqual({ directories: ["~/"], more: false });
    const { directories } = await completeDirectory("~/");
    expect(directories.every((path) => path.startsWith("~/") && !path.includes(homedir()))).toBe(true);
  });
});

describe("a path without links", () => {
  test("is told for what exists, and for what would be made", () => {
    expect(realPath(join(folder, "show"))).toBe(join(folder, "docs"));
    expect(realPath(join(folder, "show", "new", "file.ts"))).toBe(join(folder, "docs", "new", "file.ts"));
  });

  test("is not told behind a link that leads nowhere, which writing would follow", () => {
    expect(realPath(join(folder, "dangling"))).toBeUndefined();
    expect(realPath(join(folder, "dangling", "file.ts"))).toBeUndefined();
  });
});
