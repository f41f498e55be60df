import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Terminal, TerminalHost } from "../../main/terminal/terminal.ts";
import { exitOf, lifeline, scratch, sh, shows, textOf } from "./terminal-probe.ts";

type MakeHost = () => TerminalHost;

/** A pipe that a command waits for, and what lets it go on. */
function gate(): { path: string; open(): void } {
  const path = join(scratch(), "gate");
  execFileSync("mkfifo", [path]);
  return { path, open: () => writeFileSync(path, "go\n") };
}

/** What holds for terminals that outlive their host. */
export function outliving(makeHost: MakeHost): void {
  test("is found again by its ref after a restart of ours, and is as good as before", async () => {
    const before = makeHost();
    const terminal = await sh(before, "echo ready; read x; echo got $x; exit 5");
    await shows(terminal, "ready");
    await before[Symbol.asyncDispose]();

    const after = makeHost();
    expect((await after.list()).map(({ ref }) => ref)).toContain(terminal.ref);
    const found = await need(after, terminal.ref);
    expect(found.pid).toBe(terminal.pid);
    expect(textOf(await found.screen())).toBe("ready");
    await found.name("found again");
    await found.resize(100, 30);
    await found.type("it\r");
    expect(await exitOf(found)).toMatchObject({ code: 5, lastWords: expect.stringMatching(/got it$/) });
    expect(await after.find(terminal.ref)).toBeUndefined();
    await after[Symbol.asyncDispose]();
  });

  test("tells an end that came while nobody was there", async () => {
    const before = makeHost();
    const { path, released } = lifeline();
    const { path: wait, open } = gate();
    const terminal = await sh(before, `exec 9>'${path}'; echo ready; read x < '${wait}'; echo bye; exit 7`);
    await shows(terminal, "ready");
    await before[Symbol.asyncDispose]();
    open();
    await released;

    const after = makeHost();
    const found = await need(after, terminal.ref);
    expect(await exitOf(found)).toMatchObject({ code: 7, lastWords: expect.stringMatching(/bye$/) });
    await found.close();
    await after[Symbol.asyncDispose]();
  });

  test("goes on, and cannot be used through a host that let go of it", async () => {
    const before = makeHost();
    const terminal = await sh(before, "echo ready; exec cat");
    await shows(terminal, "ready");
    await before[Symbol.asyncDispose]();
    await expect(terminal.type("x")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    await expect(terminal.screen()).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    await expect(sh(before, "exit 0")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });

    const after = makeHost();
    const found = await need(after, terminal.ref);
    await found.type("still\r");
    await shows(found, "still");
    await found.close();
    await after[Symbol.asyncDispose]();
  });
}

/** What holds while a host cannot be reached. */
export function interrupting(makeHost: MakeHost, interrupted: (whileAway: () => Promise<void>) => Promise<void>): void {
  test("says that it cannot be reached, refuses meanwhile, and goes on after the return", async () => {
    const host = makeHost();
    const terminal = await sh(host, "echo ready; exec cat");
    await shows(terminal, "ready");
    const away = awayOf(terminal);
    await interrupted(async () => {
      expect(await away.next()).toEqual(expect.any(String));
      await expect(terminal.type("lost")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
      await expect(terminal.screen()).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
      let told: string | null = null;
      terminal
        .onAway((why) => {
          told = why;
        })
        [Symbol.dispose]();
      expect(told).toEqual(expect.any(String));
    });
    expect(await away.last()).toBeNull();
    await terminal.type("after\r");
    expect(textOf(await shows(terminal, "after"))).not.toContain("lost");
    await terminal.close();
    await host[Symbol.asyncDispose]();
  });

  test("tells an end that came meanwhile after the return", async () => {
    const host = makeHost();
    const { path, released } = lifeline();
    const { path: wait, open } = gate();
    const terminal = await sh(host, `exec 9>'${path}'; echo ready; read x < '${wait}'; exit 8`);
    await shows(terminal, "ready");
    const away = awayOf(terminal);
    const exit = exitOf(terminal).then((how) => [how.code, away.now()]);
    await interrupted(async () => {
      await away.next();
      open();
      await released;
    });
    expect(await exit).toEqual([8, null]);
    await host[Symbol.asyncDispose]();
  });
}

async function need(host: TerminalHost, ref: string): Promise<Terminal> {
  const found = await host.find(ref);
  if (!found) throw new Error(`${ref} is not found`);
  return found;
}

/** What a terminal tells of its host: the next reason, the last null, and what it told last. */
function awayOf(terminal: Terminal) {
  let why: string | null = null;
  let wake = () => {};
  terminal.onAway((told) => {
    why = told;
    wake();
  });
  const until = async (fits: () => boolean) => {
    while (!fits()) {
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    return why;
  };
  return { next: () => until(() => why !== null), last: () => until(() => why === null), now: () => why };
}
