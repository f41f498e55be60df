import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Iterm2World, iterm2World, sessionOf, worker } from "../../../e2e/terminal/iterm2-world.ts";
import { exitOf, shows, textOf } from "../../../e2e/terminal/terminal-probe.ts";
import type { Iterm2Host } from "./iterm2-host.ts";

let world: Iterm2World;
let host: Iterm2Host;
beforeAll(async () => {
  world = await iterm2World();
});
beforeEach(() => {
  host = world.host();
});
afterAll(async () => {
  expect(world.iterm2.complaints).toEqual([]);
  await world[Symbol.asyncDispose]();
});

const closed = { code: null, reason: "its iTerm2 pane was closed" };

describe("what the person does in iTerm2", { timeout: 30_000 }, () => {
  test("closing a pane ends its worker, with its last words, and no other", async () => {
    const [one, two] = await Promise.all([worker(host, 1), worker(host, 2)]);
    await shows(one, "ready");
    await world.iterm2.hand.closePane(sessionOf(one));
    expect(await exitOf(one)).toEqual({ ...closed, lastWords: "ready" });
    await expect(one.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
    expect(await host.find(one.ref)).toBeUndefined();
    await shows(two, "ready");
    await two.close();
    await one.close();
  });

  test("closing a pane while it is being typed into types nothing anywhere else", async () => {
    const [one, two] = await Promise.all([worker(host, 1), worker(host, 2)]);
    await shows(one, "ready");
    await shows(two, "ready");
    const typing = Array.from({ length: 50 }, (_, i) => one.type(`text ${i} `));
    const closing = world.iterm2.hand.closePane(sessionOf(one));
    const results = await Promise.allSettled(typing);
    await closing;
    const failed = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(new Set(failed).size).toBeLessThanOrEqual(2);
    for (const code of failed) expect(["TERMINAL_GONE", "TERMINAL_UNREACHABLE"]).toContain(code);
    await exitOf(one);
    expect(textOf(await two.screen())).toBe("ready");
    await two.close();
  });

  test("closing the window ends all in it", async () => {
    const workers = await Promise.all([worker(host, 1), worker(host, 2), worker(host, 3)]);
    const ends = workers.map(exitOf);
    await world.iterm2.hand.closeWindow((await world.placeOf(workers[0]!)).window);
    for (const end of ends) expect(await end).toMatchObject(closed);
    expect(await host.list()).toEqual([]);
  });

  test("moving a tab to another window changes nothing for the worker", async () => {
    const [one, two] = [
      await worker(host, 1, { place: { at: "window" } }),
      await worker(host, 2, { place: { at: "tab" } }),
    ];
    await world.iterm2.hand.moveTabToNewWindow((await world.placeOf(two)).tab);
    await two.type("still here\r");
    await shows(two, "still here");
    await Promise.all([one.close(), two.close()]);
  });

  test("a pane split by hand is the person's: the next worker gets a window of its own", async () => {
    const one = await worker(host, 1);
    const own = await world.iterm2.hand.split(sessionOf(one), { vertical: true });
    const two = await worker(host, 2);
    expect((await world.placeOf(two)).window).not.toBe((await world.placeOf(one)).window);
    expect((await host.list()).map(({ ref }) => ref).sort()).toEqual([one.ref, two.ref].sort());
    await world.iterm2.hand.closePane(own);
    await Promise.all([one.close(), two.close()]);
  });

  test("a session that is started again is none of ours any more", async () => {
    const one = await worker(host, 1);
    await shows(one, "ready");
    const fresh = await world.iterm2.hand.restart(sessionOf(one));
    expect(await exitOf(one)).toMatchObject({ code: null });
    expect(await host.find(`iterm2:${fresh}`)).toBeUndefined();
    expect(await host.list()).toEqual([]);
    await world.iterm2.hand.closePane(fresh);
  });

  test("a buried pane goes on, and is typed into and read", async () => {
    const one = await worker(host, 1);
    await world.iterm2.hand.bury(sessionOf(one));
    await one.type("from below\r");
    await shows(one, "from below");
    expect((await host.find(one.ref))?.ref).toBe(one.ref);
    await world.iterm2.hand.disinter(sessionOf(one));
    await one.close();
  });

  test("resizing the window shows in the next screen", async () => {
    const one = await worker(host, 1);
    await shows(one, "ready");
    await world.iterm2.hand.resizeWindow((await world.placeOf(one)).window, 133, 41);
    await one.type("resized\r");
    const { cols, rows } = await shows(one, "resized");
    expect([cols, rows]).toEqual([133, 41]);
    await one.close();
  });
});

describe("another run of claude-team", { timeout: 30_000 }, () => {
  test("finds the workers of the one before, types to them, and hears their end", async () => {
    const before = world.host();
    const opened = await worker(before, 1, { script: "echo ready; read x; echo got $x; exit 5" });
    await shows(opened, "ready");
    await before[Symbol.asyncDispose]();
    const found = await host.find(opened.ref);
    expect(found).toMatchObject({ host: "iterm2", ref: opened.ref, pid: opened.pid });
    await found?.type("word\r");
    expect(await exitOf(found!)).toEqual({ code: 5, reason: "exited with 5", lastWords: "ready\nword\ngot word" });
    await found?.close();
  });

  test("hears what ended while nobody was there, with its code and last words", async () => {
    const before = world.host();
    const opened = await worker(before, 1, { script: "echo ready; read x; echo done; exit 6" });
    await before[Symbol.asyncDispose]();
    const ended = world.shown(sessionOf(opened), "the command has ended");
    await world.iterm2.hand.type(sessionOf(opened), "\r");
    await ended;
    const found = await host.find(opened.ref);
    expect(await exitOf(found!)).toMatchObject({ code: 6, lastWords: expect.stringMatching(/done$/) });
    expect(textOf(await found!.screen())).toMatch(/done$/);
    await found!.close();
    expect(await host.find(opened.ref)).toBeUndefined();
  });

  test("does not take the workers of another home, nor the person's sessions", async () => {
    const mine = await worker(host, 1);
    const other = world.host({ dir: "/tmp/another-home" });
    expect(await other.list()).toEqual([]);
    expect(await other.find(mine.ref)).toBeUndefined();
    const own = await world.iterm2.hand.openWindow();
    expect(await host.find(`iterm2:${own}`)).toBeUndefined();
    await world.iterm2.hand.closePane(own);
    await mine.close();
  });
});

describe("a pane whose command has ended", { timeout: 30_000 }, () => {
  test("stays, tells how to go on, and is closed with its worker", async () => {
    const keeping = world.host({ farewell: () => "go on with: claude --resume x" });
    const one = await worker(keeping, 1, { script: "echo last; exit 1" });
    expect((await exitOf(one)).lastWords).toBe("last");
    expect(await world.shown(sessionOf(one), "claude --resume x")).toMatch(/^last\n\n── claude-team: go on with/);
    await one.close();
    expect(world.iterm2.hand.sessions()).not.toContain(sessionOf(one));
  });

  test("goes, where the person wants it so", async () => {
    const tidy = world.host({ keepAfterExit: () => false });
    const one = await worker(tidy, 1, { script: "read x; echo last; exit 1" });
    const gone = world.iterm2.next((event) => event.is === "session.terminated" && event.id === sessionOf(one));
    await one.type("\r");
    expect(await exitOf(one)).toMatchObject({ code: 1, lastWords: expect.stringMatching(/last$/) });
    await gone;
    expect(world.iterm2.hand.sessions()).not.toContain(sessionOf(one));
  });
});
