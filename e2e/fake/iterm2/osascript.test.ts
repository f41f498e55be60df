import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { simulator } from "./harness.ts";
import { goodHeaders, shakeHands } from "./raw-client.ts";

async function run(path: string, script: string) {
  const child = spawn(path, ["-"], { stdio: "pipe" });
  child.stdin.end(script);
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { out: out.trim(), said: said.trim(), code: child.exitCode };
}

const request = 'tell application "iTerm2" to request cookie and key for app named "a \\"b\\""';
const isRunning = 'if application "iTerm2" is running then return "yes" else return "no"';

test("gives a cookie that lets one client in, with a key", async () => {
  const iterm2 = await simulator();
  const { out, code } = await run(iterm2.osascript, request);
  expect(code).toBe(0);
  const [, cookie] = /^([0-9a-f]{32}) [0-9A-F-]{36}$/.exec(out) ?? [];
  expect((await shakeHands(iterm2.socket, goodHeaders(cookie))).status).toBe(101);
});

test("tells whether it runs, without starting it; asked for a cookie, it is started", async () => {
  const iterm2 = await simulator();
  expect((await run(iterm2.osascript, isRunning)).out).toBe("yes");
  await iterm2.faults.quit();
  expect((await run(iterm2.osascript, isRunning)).out).toBe("no");
  expect((await run(iterm2.osascript, request)).code).toBe(0);
  expect((await run(iterm2.osascript, isRunning)).out).toBe("yes");
});

test("fails as AppleScript does", async () => {
  const iterm2 = await simulator();
  const fails = async () => (await run(iterm2.osascript, request)).said;
  iterm2.faults.automation = "denied";
  expect(await fails()).toMatch(/execution error: Not authorized .*\(-1743\)$/);
  iterm2.faults.automation = "allowed";
  iterm2.faults.isTooOld = true;
  expect(await fails()).toMatch(/syntax error: .*\(-2740\)$/);
  iterm2.faults.isTooOld = false;
  await iterm2.faults.apiOff();
  expect(await fails()).toMatch(/The Python API is not enabled\. \(1\)$/);
});

test("waits while the person is asked", async () => {
  const iterm2 = await simulator();
  iterm2.faults.automation = "asking";
  const asked = run(iterm2.osascript, request);
  iterm2.faults.automation = "denied";
  expect((await asked).said).toContain("(-1743)");
});
