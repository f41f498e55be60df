import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Iterm2World, iterm2World, sessionOf, tellings, worker } from "../../../e2e/terminal/iterm2-world.ts";
import { exitOf, shows, textOf } from "../../../e2e/terminal/terminal-probe.ts";
import type { Terminal } from "../terminal.ts";
import type { Iterm2Host } from "./iterm2-host.ts";
import type { CallName } from "./link.ts";

const limits = { callMs: 10_000, pingMs: 5000, launchMs: 10_000, settleMs: 50, retryMs: [10, 20, 50] };
/** For the tests in which an answer never comes. */
const hasty = { ...limits, callMs: 2500, pingMs: 500 };

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
const unreachable = { code: "TERMINAL_UNREACHABLE" };

async function ready(number = 1): Promise<Terminal> {
  const terminal = await worker(host, number);
  await shows(terminal, "ready");
  return terminal;
}

/** Counts the calls of a kind from now on. */
function counted(name: CallName): { readonly count: number } {
  const seen = { count: 0 };
  world.iterm2.onEvent((event) => {
    if (event.is === "client.called" && event.call.case === name) seen.count++;
  });
  return seen;
}

describe("the socket is dropped in the middle of", { timeout: 30_000 }, () => {
  const moments = ["drop before", "drop during", "drop after"] as const;
  const uses: Record<string, (terminal: Terminal) => Promise<unknown>> = {
    sendText: (terminal) => terminal.type("once\r"),
    getBuffer: (terminal) => terminal.screen(),
    setProperty: (terminal) => terminal.resize(90, 30),
    setProfileProperty: (terminal) => terminal.name("other"),
    invokeFunction: (terminal) => terminal.name("another"),
    activate: (terminal) => terminal.focus?.() ?? Promise.resolve(),
    listSessions: () => host.list(),
    variable: () => host.list(),
    focus: () => worker(host, 2),
    createTab: () => worker(host, 2, { place: { at: "window" } }),
    splitPane: () => worker(host, 2),
  };

  test.each(Object.keys(uses).flatMap((name) => moments.map((moment) => [name, moment] as const)))(
    "%s (%s): it is refused, told, mended, and not done again",
    async (name, moment) => {
      const terminal = await ready();
      const away = tellings(terminal);
      const calls = counted(name as CallName);
      world.iterm2.faults.calls.plan(name as CallName, moment);
      const gone = away(isAway);
      await expect(uses[name]?.(terminal)).rejects.toMatchObject(unreachable);
      await gone;
      await away(isBack);
      // Reading and marking again belong to the return; what changes something was asked once.
      if (!["listSessions", "variable", "invokeFunction", "getBuffer"].includes(name)) expect(calls.count).toBe(1);
      await terminal.type("later\r");
      await shows(terminal, "later");
      expect(textOf(await terminal.screen()).match(/^once$/gm)?.length ?? 0).toBeLessThanOrEqual(2);
      await terminal.close();
    },
  );

  test("a close: the command ends now, and its pane goes at the return", async () => {
    const terminal = await ready();
    world.iterm2.faults.calls.plan("close", "drop before");
    const gone = world.iterm2.next((event) => event.is === "session.terminated" && event.id === sessionOf(terminal));
    await terminal.close();
    expect(await exitOf(terminal)).toMatchObject({ reason: "ended by SIGTERM" });
    await gone;
    expect(world.iterm2.hand.sessions()).toEqual([]);
  });

  test("an opening: nothing is left that nobody knows", async () => {
    for (const call of ["createTab", "variable"] as const) {
      for (const moment of moments) {
        world.iterm2.faults.calls.plan(call, moment);
        await expect(worker(host, 1)).rejects.toMatchObject(unreachable);
        const known = await ready(2);
        expect((await host.list()).map(({ ref }) => ref)).toEqual([known.ref]);
        await known.close();
      }
    }
  });
});

describe("an answer that never comes", { timeout: 30_000 }, () => {
  beforeEach(() => {
    host = world.host({ limits: hasty });
  });

  test("ends its call in time, and no other", async () => {
    const terminal = await ready();
    world.iterm2.faults.calls.plan("sendText", "silent");
    const calls = counted("sendText");
    await expect(terminal.type("a")).rejects.toMatchObject(unreachable);
    expect(calls.count).toBe(1);
    await terminal.type("b\r");
    await shows(terminal, "ab");
    await terminal.close();
  });

  test("or is empty is a failure that says so", async () => {
    const terminal = await ready();
    world.iterm2.faults.calls.plan("getBuffer", "empty");
    await expect(terminal.screen()).rejects.toThrow(/answers nothing/);
    expect(textOf(await terminal.screen())).toBe("ready");
    await terminal.close();
  });
});

describe("iTerm2 stands still", { timeout: 30_000 }, () => {
  beforeEach(() => {
    host = world.host({ limits: hasty });
  });

  test("calls end in time, the workers are away with the reason, and come back with nothing typed twice", async () => {
    const terminal = await ready();
    const away = tellings(terminal);
    const release = world.iterm2.faults.stall();
    const calls = counted("sendText");
    await expect(terminal.type("once\r")).rejects.toMatchObject(unreachable);
    expect(await away(isAway)).toMatch(/does not answer.*a dialog that is open/);
    const start = performance.now();
    await expect(terminal.type("never")).rejects.toMatchObject(unreachable);
    await expect(terminal.screen()).rejects.toMatchObject(unreachable);
    await expect(host.check()).rejects.toThrow(/does not answer/);
    expect(performance.now() - start).toBeLessThan(hasty.callMs);
    release();
    await away(isBack);
    await shows(terminal, "once\nonce");
    await terminal.type("again\r");
    const screen = textOf(await shows(terminal, "again\nagain"));
    expect(calls.count).toBe(2);
    expect(screen).toBe("ready\nonce\nonce\nagain\nagain");
    await terminal.close();
  });

  test("an end meanwhile is told after the return, with its last words", async () => {
    const terminal = await worker(host, 1, { script: "echo ready; read x; echo last; exit 3" });
    const away = tellings(terminal);
    await shows(terminal, "ready");
    const release = world.iterm2.faults.stall();
    const typed = terminal.type("\r");
    await expect(typed).rejects.toMatchObject(unreachable);
    await away(isAway);
    let told = false;
    terminal.onExit(() => {
      told = true;
    });
    release();
    expect(await exitOf(terminal)).toMatchObject({ code: 3, lastWords: expect.stringMatching(/last$/) });
    expect(told).toBe(true);
    await terminal.close();
  });
});

describe("iTerm2 is quit", { timeout: 30_000 }, () => {
  test("and comes back without its windows: the workers have ended", async () => {
    const terminal = await ready();
    const away = tellings(terminal);
    const gone = away(isAway);
    await world.iterm2.faults.quit();
    await gone;
    await expect(terminal.screen()).rejects.toMatchObject(unreachable);
    await world.iterm2.faults.start();
    expect(await exitOf(terminal)).toMatchObject({ code: null, lastWords: "ready" });
    const next = await ready(2);
    await next.close();
  });

  test.each(["restored", "restored with contents"] as const)(
    "and comes back with its windows %s: what runs in them is none of ours",
    async (windows) => {
      const terminal = await ready();
      await world.iterm2.faults.quit();
      await world.iterm2.faults.start(windows);
      expect(await exitOf(terminal)).toMatchObject({ code: null });
      expect(world.iterm2.hand.sessions()).toContain(sessionOf(terminal));
      expect(await host.find(terminal.ref)).toBeUndefined();
      expect(await host.list()).toEqual([]);
      expect(await world.shown(sessionOf(terminal), "nothing to start")).not.toContain("ready");
    },
  );
});
