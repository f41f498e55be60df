import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realDirectory } from "./directory.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "claude-team-directory-")));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a project's directory", () => {
  test("is told by its real path", async () => {
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "link"));
    expect(await realDirectory(`${folder}/link/../link/`)).toBe(join(folder, "real"));
  });

  test("may be written with ~", async () => {
    expect(await realDirectory("~")).toBe(await realpath(homedir()));
  });

  test.each([".", "..", "project", "./project", "", "~other/project"])(
    "is not taken from our own working directory: %j",
    async (path) => {
      await expect(realDirectory(path)).rejects.toMatchObject({
        code: "DIRECTORY_MISSING",
        message: expect.stringContaining("is not an absolute path"),
        advice: "Give the absolute path of a directory that exists.",
      });
    },
  );

  test("is named when it is none", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(realDirectory(join(folder, "file"))).rejects.toThrow(`${folder}/file is not a directory`);
    await expect(realDirectory(join(folder, "none"))).rejects.toThrow(`Project path does not exist: ${folder}/none`);
  });
});
