import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { startIterm2 } from "../fake/iterm2/iterm2.ts";

const run = promisify(execFile);

/** CLAUDE_TEAM_PYTHON, else the machine's Python; it must have the package `iterm2`, which .ci/run installs. */
const python = process.env.CLAUDE_TEAM_PYTHON || "python3";
const missing = await run(python, ["-c", "import iterm2"]).then(
  () => undefined,
  (cause: Error) => `iTerm2's Python client is not there: ${cause.message.trim().split("\n").at(-1)}`,
);
if (missing && process.env.CI) throw new Error(missing);
if (missing) process.stdout.write(`e2e: the simulator is not checked by it: ${missing}\n`);

describe.skipIf(missing)("iTerm2's published Python client", () => {
  test("finds in the simulator what it knows of iTerm2", async () => {
    await using iterm2 = await startIterm2({ profile: { "Session Close Undo Timeout": 0.5 } });
    const { cookie, key } = iterm2.cookie();
    const env = { PATH: process.env.PATH, HOME: iterm2.home, ITERM2_COOKIE: cookie, ITERM2_KEY: key };
    const script = join(import.meta.dirname, "iterm2-client.py");
    const { stdout } = await run(python, [script], { env, timeout: 80_000 });
    expect(stdout.trim().split("\n")).toEqual([
      ...["list", "window", "tab", "splits", "streamer", "screen", "profile", "names", "variables", "front"],
      ...["close", "close window"],
    ]);
    expect(iterm2.complaints).toEqual([]);
  });
});
