import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { claudePath, needsClaude } from "../needs.ts";
import { createWorld } from "./world.ts";

const run = promisify(execFile);

needsClaude("a world with the real Claude Code", () => {
  test("hands its prompt to the scripted API to the letter, and the answer back", async () => {
    await using world = await createWorld({ claude: claudePath() });
    const cwd = await world.project("it's a 'quoted' $(touch x) project");
    const prompt = 'two\n lines "quoted" $HOME 😀 [[bash:echo from the tool]]';
    const args = ["-p", "--permission-mode", "acceptEdits", "--allowedTools", "Bash(echo:*)", "--", prompt];
    const ended = run(claudePath(), args, { cwd, env: world.env });
    ended.child.stdin?.end();
    expect((await ended).stdout.trim()).toBe("Done: from the tool");
    expect(world.api.requests.map((asked) => asked.prompt)).toEqual([prompt, prompt]);
  });

  test("is gone when it is disposed of", async () => {
    const world = await createWorld({ claude: claudePath() });
    await world.project("one");
    await world[Symbol.asyncDispose]();
    expect(existsSync(world.folder)).toBe(false);
    await expect(fetch(world.api.url)).rejects.toThrow();
  });
});
