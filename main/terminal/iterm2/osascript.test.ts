import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createScripts, troubleOf } from "./osascript.ts";
import { kindOf, needsPerson } from "./trouble.ts";

const dir = mkdtempSync(join(tmpdir(), "claude-team-osascript-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A stand-in that keeps what it was asked, and answers with the given shell line. */
function standIn(answer: string): { env: NodeJS.ProcessEnv; asked: string } {
  const path = join(dir, "osascript");
  const asked = join(dir, "asked");
  writeFileSync(path, `#!/bin/sh\ncat > '${asked}'\n${answer}\n`);
  chmodSync(path, 0o755);
  return { env: { CLAUDE_TEAM_OSASCRIPT: path }, asked };
}

test.each([
  ["0:60: execution error: Not authorized to send Apple events to iTerm. (-1743)", "denied"],
  ["0:60: execution error: iTerm got an error: Application isn’t running. (-600)", "not-running"],
  ["5:11: syntax error: Expected end of line but found identifier. (-2740)", "too-old"],
  ["0:60: execution error: iTerm got an error: The Python API is not enabled. (1)", "api-off"],
  ["0:60: execution error: AppleEvent timed out. (-1712)", "silent"],
  ["something else", "refused"],
  ["", "refused"],
])("%j from osascript means %s", (said, kind) => {
  expect(kindOf(troubleOf(said))).toBe(kind);
});

test("only what a person must change ends the tries", () => {
  expect(["(-1743)", "(-2740)", "nothing"].map((said) => needsPerson(troubleOf(said)))).toEqual([true, true, true]);
  expect(["(-600)", "(1)", "(-1712)"].map((said) => needsPerson(troubleOf(said)))).toEqual([false, false, false]);
});

test("a cookie comes with its key", async () => {
  const { env } = standIn("echo 0123456789abcdef0123456789abcdef 01234567-89AB-CDEF-0123-456789ABCDEF");
  expect(await createScripts(env, 10_000).requestCookie()).toEqual({
    cookie: "0123456789abcdef0123456789abcdef",
    key: "01234567-89AB-CDEF-0123-456789ABCDEF",
  });
});

test("who runs is asked without starting it", async () => {
  expect(await createScripts(standIn("echo yes").env, 10_000).isRunning()).toBe(true);
  expect(await createScripts(standIn("echo no").env, 10_000).isRunning()).toBe(false);
});

test("a question that nobody answers ends", async () => {
  await expect(createScripts(standIn("exec sleep 60").env, 50).requestCookie()).rejects.toThrow(/nobody answered/);
});

test("no osascript, no iTerm2", async () => {
  const scripts = createScripts({ CLAUDE_TEAM_OSASCRIPT: join(dir, "missing") }, 10_000);
  await expect(scripts.requestCookie()).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
});
