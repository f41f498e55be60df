import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesIn, repositoryOf } from "./git.ts";

let folder: string;
let shop: string;
const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd, stdio: "pipe" });

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-git-")));
  shop = join(folder, "shop");
  await mkdir(join(shop, "src"), { recursive: true });
  git(shop, "init", "--quiet");
  git(shop, "commit", "--quiet", "--allow-empty", "-m", "first");
  git(shop, "worktree", "add", "--quiet", join(folder, "shop-fix"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the repository of a directory", () => {
  test("is the nearest above it; of a worktree, the one it belongs to", async () => {
    expect(await repositoryOf(join(shop, "src"))).toBe(shop);
    expect(await repositoryOf(join(folder, "shop-fix"))).toBe(shop);
    expect(await repositoryOf(folder)).not.toBe(shop);
  });
});

describe("what is changed in a directory", () => {
  test("is counted, with the first files as they are called", async () => {
    expect(await changesIn(shop, process.env)).toEqual({ count: 0, files: [] });
    await writeFile(join(shop, "with space.ts"), "");
    await writeFile(join(shop, "über.ts"), "");
    const changes = await changesIn(shop, process.env);
    expect(changes).toEqual({ count: 2, files: ["with space.ts", "über.ts"] });
    await Promise.all(Array.from({ length: 30 }, (_, n) => writeFile(join(shop, `f${n}`), "")));
    const many = await changesIn(shop, process.env);
    expect([many?.count, many?.files.length]).toEqual([32, 20]);
  });

  test("is not known outside of a repository, nor without git", async () => {
    const outside = { ...process.env, GIT_CEILING_DIRECTORIES: folder };
    expect(await changesIn(folder, outside)).toBeNull();
    expect(await changesIn(shop, { PATH: folder })).toBeNull();
  });

  test("is looked at without running the program that a repository names for it", async () => {
    const trap = join(folder, "trap");
    await writeFile(trap, `#!/bin/sh\ntouch '${join(folder, "ran")}'\n`);
    await chmod(trap, 0o755);
    git(shop, "config", "core.fsmonitor", trap);
    expect(await changesIn(shop, process.env)).not.toBeNull();
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("runs nothing of a repository that lies about in another one as plain files", async () => {
    const lure = join(shop, "lure");
    git(folder, "init", "--quiet", "--bare", lure);
    git(lure, "config", "core.bare", "false");
    git(lure, "config", "core.worktree", lure);
    git(lure, "config", "filter.trap.clean", `touch '${join(folder, "ran")}'; cat`);
    await writeFile(join(lure, ".gitattributes"), "* filter=trap\n");
    await writeFile(join(lure, "bait"), "one\n");
    git(lure, "update-index", "--add", "--cacheinfo", `100644,${"1".repeat(40)},bait`);
    expect(await changesIn(lure, process.env)).toBeNull();
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("ends with its caller", async () => {
    await expect(changesIn(shop, process.env, AbortSignal.abort())).rejects.toThrow();
  });
});
