import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exitOf, removeScratch, scratch, sh, shows } from "../../../e2e/terminal/terminal-probe.ts";
import type { Terminal } from "../terminal.ts";
import { lacksTmux, tmuxWorld } from "./test-kit.ts";

describe.skipIf(lacksTmux())("tmux that fails", { timeout: 30_000 }, () => {
  const world = tmuxWorld();
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    removeScratch();
  });

  const told = (terminal: Terminal, fits: (why: string | null) => boolean) =>
    new Promise<string | null>((done) => {
      terminal.onAway((why) => {
        if (fits(why)) done(why);
      });
    });

  test("a killed control client is replaced, and nothing is lost", async () => {
    const host = world.host();
    const terminal = await sh(host, "echo ready; exec cat");
    await shows(terminal, "ready");
    let changed = () => {};
    terminal.onChange(() => changed());
    const away = told(terminal, (why) => why !== null);
    const back = away.then(() => told(terminal, (why) => why === null));
    process.kill(world.clientPids().at(-1) as number, "SIGKILL");
    expect(await away).toBe("the connection to tmux ended by SIGKILL");
    await expect(terminal.screen()).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    await back;
    const change = new Promise<void>((done) => {
      changed = done;
    });
    await terminal.type("after\r");
    await change;
    await shows(terminal, "after");
    const sessions = world.byHand("list-sessions", "-F", "#{session_name} #{session_attached}");
    expect(sessions).not.toMatch(/^claude-team-\S+ 0$/m);
    await terminal.close();
  });

  test("a killed server ends its terminals, with the reason, and the next opening starts another", async () => {
    const own = tmuxWorld();
    const host = own.host();
    const [one, two] = await Promise.all([sh(host, "echo said; exec cat"), sh(host, "exec cat")]);
    await shows(one, "said");
    const before = own.serverPid();
    process.kill(before, "SIGKILL");
    expect(await exitOf(one)).toEqual({ code: null, reason: "the tmux server ended", lastWords: "said" });
    expect(await exitOf(two)).toMatchObject({ reason: "the tmux server ended" });
    await expect(two.type("x")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
    expect(await host.list()).toEqual([]);
    const next = await sh(host, "echo again; exec cat");
    await shows(next, "again");
    expect(own.serverPid()).not.toBe(before);
    await own[Symbol.asyncDispose]();
  });

  test("a call that gets no answer is refused in time, and the terminal is there again when tmux answers", async () => {
    const own = tmuxWorld();
    const terminal = await sh(own.host({ callMs: 300 }), "exec cat");
    const server = own.serverPid();
    process.kill(server, "SIGSTOP");
    await expect(terminal.screen()).rejects.toThrow("tmux did not answer within 0.3 s");
    const back = told(terminal, (why) => why === null);
    process.kill(server, "SIGCONT");
    await back;
    await terminal.type("after\r");
    await shows(terminal, "after");
    await own[Symbol.asyncDispose]();
  });

  test("no server is started only to look for terminals", async () => {
    const own = tmuxWorld();
    const host = own.host();
    expect(await host.list()).toEqual([]);
    expect(await host.find("tmux:worker-1-00000000")).toBeUndefined();
    expect(() => own.serverPid()).toThrow();
    await own[Symbol.asyncDispose]();
  });

  test.each([
    ["missing", undefined, "tmux is not installed; `apt-get install tmux` / `brew install tmux`"],
    ["too old", "tmux 2.9", "tmux 2.9 is too old, 3.1 or newer; `apt-get install tmux` / `brew install tmux`"],
    ["old enough to say so oddly", "tmux next-3.0", "tmux next-3.0 is too old"],
  ])("a tmux that is %s is said plainly", async (_, version, fact) => {
    const folder = scratch();
    if (version) await writeFile(join(folder, "tmux"), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    const host = world.host({ env: { PATH: folder } });
    for (const call of [host.check, () => sh(host, "exit 0"), host.list]) {
      await expect(call()).rejects.toMatchObject({
        code: "TERMINAL_UNREACHABLE",
        message: expect.stringContaining(fact),
      });
    }
  });

  test("the tmux that is there says which it is", async () => {
    expect(await world.host().check()).toMatch(/^tmux \S+$/);
  });
});
