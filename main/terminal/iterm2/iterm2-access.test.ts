import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Iterm2World, iterm2World, tellings, worker } from "../../../e2e/terminal/iterm2-world.ts";
import { shows } from "../../../e2e/terminal/terminal-probe.ts";
import type { Terminal } from "../terminal.ts";
import type { Iterm2Host } from "./iterm2-host.ts";

const limits = { callMs: 10_000, pingMs: 5000, launchMs: 10_000, settleMs: 50, retryMs: [10, 20, 50] };

let world: Iterm2World;
let host: Iterm2Host;
beforeEach(async () => {
  world = await iterm2World();
  host = world.host({ limits });
});
afterEach(async () => {
  expect(world.iterm2.complaints).toEqual([]);
  await world[Symbol.asyncDispose]();
});

const isBack = (why: string | null) => why === null;
const isAway = (why: string | null) => why !== null;

async function ready(): Promise<Terminal> {
  const terminal = await worker(host, 1);
  await shows(terminal, "ready");
  return terminal;
}

describe("the API is switched off", { timeout: 30_000 }, () => {
  test("and on again: the workers are away with what to do, and come back with a fresh cookie", async () => {
    const terminal = await ready();
    const away = tellings(terminal);
    const reasons: (string | null)[] = [];
    terminal.onAway((why) => reasons.push(why));
    await world.iterm2.faults.apiOff();
    await away((why) => why?.includes("Enable Python API") ?? false);
    await expect(host.check()).rejects.toThrow(/Settings > General > Magic > Enable Python API/);
    await world.iterm2.faults.apiOn();
    await away(isBack);
    await terminal.type("back\r");
    await shows(terminal, "back");
    expect(reasons.at(-1)).toBeNull();
    await terminal.close();
  });
});

describe("iTerm2 does not let us in", { timeout: 30_000 }, () => {
  test("because macOS was told not to: it says where to allow it, and asks again only when a person tries", async () => {
    const terminal = await ready();
    const away = tellings(terminal);
    world.iterm2.faults.automation = "denied";
    const asked = { count: 0 };
    world.iterm2.onEvent((event) => {
      if (event.is === "osascript.ran") asked.count++;
    });
    world.iterm2.faults.dropAll();
    expect(await away((why) => why?.includes("Automation") ?? false)).toMatch(/System Settings > Privacy/);
    expect(asked.count).toBe(1);
    await expect(host.check()).rejects.toThrow(/Privacy & Security > Automation/);
    expect(asked.count).toBe(2);
    world.iterm2.faults.automation = "allowed";
    await host.check();
    await terminal.type("back\r");
    await shows(terminal, "back");
    await terminal.close();
  });

  test("because it refuses the cookie", async () => {
    world.iterm2.faults.refuseCookies(true);
    await expect(host.check()).rejects.toThrow(/401.*Require Automation permission/);
    world.iterm2.faults.refuseCookies(false);
    expect(await host.check()).toBe("iTerm2 (API 1.11)");
  });

  test("because it is too old", async () => {
    world.iterm2.faults.isTooOld = true;
    await expect(host.check()).rejects.toThrow(/too old.*3\.5\.6/);
  });

  test("because it does not run, or is not there", async () => {
    await world.iterm2.faults.quit();
    await expect(host.check()).rejects.toThrow(/not installed/);
    mkdirSync(join(world.iterm2.home, "Applications/iTerm.app"), { recursive: true });
    await expect(host.check()).rejects.toThrow(/not running/);
    await world.iterm2.faults.start();
    await host.check();
  });

  test("while the person is being asked: a caller may give up, and the answer serves the next", async () => {
    world.iterm2.faults.automation = "asking";
    const stop = new AbortController();
    const first = host.check(stop.signal);
    stop.abort();
    await expect(first).rejects.toThrow(/abort/i);
    const second = host.check();
    world.iterm2.faults.automation = "allowed";
    expect(await second).toContain("iTerm2");
  });
});

describe("a way in without a question", { timeout: 30_000 }, () => {
  const noQuestion = () =>
    world.iterm2.onEvent((event) => {
      if (event.is === "osascript.ran") throw new Error("it asked");
    });

  test("is the cookie that iTerm2 gave our process, once", async () => {
    const { cookie, key } = world.iterm2.cookie();
    const env = { ...world.iterm2.env, ITERM2_COOKIE: cookie, ITERM2_KEY: key };
    const given = world.host({ env, limits });
    {
      using _ = noQuestion();
      await given.check();
    }
    const asked = world.iterm2.next((event) => event.is === "osascript.ran");
    const terminal = await worker(given, 1);
    const away = tellings(terminal);
    world.iterm2.faults.dropAll();
    await asked;
    await away(isBack);
    await terminal.close();
  });

  test("is not an old cookie: then it asks", async () => {
    const env = { ...world.iterm2.env, ITERM2_COOKIE: "0123456789abcdef0123456789abcdef" };
    expect(await world.host({ env, limits }).check()).toContain("iTerm2");
  });
});

describe("the machine sleeps", { timeout: 30_000 }, () => {
  test("and the socket is dead after it: the workers are back at once, without waiting for a beat", async () => {
    const terminal = await ready();
    const away = tellings(terminal);
    world.iterm2.faults.dropAll();
    await host.wake();
    await away(isBack);
    await terminal.type("awake\r");
    await shows(terminal, "awake");
    await terminal.close();
  });

  test("a beat that comes late by the clock looks whether iTerm2 is still there", async () => {
    let now = 0;
    const sleepy = world.host({ now: () => now, limits: { ...limits, callMs: 2500, pingMs: 500, beatMs: 20 } });
    const terminal = await worker(sleepy, 1);
    const away = tellings(terminal);
    const release = world.iterm2.faults.stall();
    now += 3_600_000;
    expect(await away(isAway)).toMatch(/does not answer/);
    release();
    await away(isBack);
    await terminal.close();
  });
});
