import { describe, expect, test } from "vitest";
import { iterm2World, sessionOf, worker } from "../../../e2e/terminal/iterm2-world.ts";
import { exitOf, shows } from "../../../e2e/terminal/terminal-probe.ts";

/**
 * A worker's own pane cannot be brought back once it is closed, but a tab is kept for as long as the most patient pane in it:
 * here one that the person has split off. Meanwhile iTerm2 knows nothing of the sessions, and their processes go on unread.
 */
async function sharedTab(undoSeconds: number) {
  const world = await iterm2World({ profile: { "Session Close Undo Timeout": undoSeconds } });
  const host = world.host({ limits: { settleMs: 100 } });
  const one = await worker(host, 1);
  await shows(one, "ready");
  await world.iterm2.hand.split(sessionOf(one), { vertical: true });
  let ends = 0;
  one.onExit(() => ends++);
  const closeTab = async () => world.iterm2.hand.closeTab((await world.placeOf(one)).tab);
  return { ...world, another: world.host, host, one, closeTab, ends: () => ends };
}

describe("a worker's tab that the person closes", { timeout: 30_000 }, () => {
  test("and brings back: the same worker goes on, and is typed into, read and found again", async () => {
    await using world = await sharedTab(20);
    const { iterm2, host, one, closeTab, ends } = world;
    const pid = one.pid;
    await closeTab();
    await expect(one.type("lost\r")).rejects.toMatchObject({
      code: "TERMINAL_UNREACHABLE",
      message: "its pane was closed, and its command is about to end",
    });
    expect(await host.list()).toEqual([]);
    expect(await iterm2.hand.undoClose()).toContain(sessionOf(one));
    await one.type("back again\r");
    const { lines } = await shows(one, "back again");
    expect(JSON.stringify(lines)).not.toContain("lost");
    expect(await host.find(one.ref)).toBe(one);
    expect((await host.list()).map(({ ref, pid }) => [ref, pid])).toEqual([[one.ref, pid]]);
    expect(ends()).toBe(0);
    await one.close();
  });

  test("and brings back after claude-team was started anew: that one finds it, too", async () => {
    await using world = await sharedTab(20);
    const { iterm2, one, closeTab, another } = world;
    await closeTab();
    const anew = another();
    expect(await anew.find(one.ref)).toBeUndefined();
    await iterm2.hand.undoClose();
    const found = await anew.find(one.ref);
    expect([found?.ref, found?.pid]).toEqual([one.ref, one.pid]);
    await found?.type("hello\r");
    await shows(one, "hello");
    await one.close();
  });

  test("and does not bring back: it has ended when that is no longer possible, not before", async () => {
    await using world = await sharedTab(0.5);
    const { iterm2, one, closeTab, ends } = world;
    const session = sessionOf(one);
    const terminated = iterm2.next((event) => event.is === "session.terminated" && event.id === session);
    await closeTab();
    await expect(one.type("x")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    expect(ends()).toBe(0);
    await terminated;
    expect(await exitOf(one)).toMatchObject({ code: null, reason: "its iTerm2 pane was closed" });
    await expect(one.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
  });
});

describe("a worker that was closed by claude-team", { timeout: 30_000 }, () => {
  test("is not among what the person can bring back", async () => {
    await using world = await sharedTab(20);
    const { iterm2, host, one } = world;
    const session = sessionOf(one);
    const terminated = iterm2.next((event) => event.is === "session.terminated" && event.id === session);
    await one.close();
    await terminated;
    await expect(iterm2.hand.undoClose()).rejects.toThrow("anything closed");
    expect(await host.find(one.ref)).toBeUndefined();
  });

  test("while its tab could be brought back comes back as a pane whose command has ended, and says so", async () => {
    await using world = await sharedTab(20);
    const { iterm2, one, closeTab, another } = world;
    await closeTab();
    await one.close(100);
    expect(await exitOf(one)).toMatchObject({ reason: "closed" });
    expect(await iterm2.hand.undoClose()).toContain(sessionOf(one));
    await expect(one.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
    const found = await another().find(one.ref);
    expect(found && (await exitOf(found))).toMatchObject({ code: null, reason: "ended by SIGTERM" });
  });
});
