import { readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Terminal, TerminalHost } from "../../main/terminal/terminal.ts";
import { interrupting, outliving } from "./contract-absence.ts";
import { showing, typing, watching } from "./contract-screen.ts";
import { exitOf, lifeline, open, removeScratch, scratch, sh, shows, textOf, until } from "./terminal-probe.ts";

type Host = () => TerminalHost;

/** What not every host can. */
export interface Abilities {
  /** Its terminals outlive it: the next host that is made finds them. */
  readonly outlives?: boolean;
  /** Cuts the hosts off from their terminals, runs `whileAway`, and then lets them come back. */
  interrupted?(whileAway: () => Promise<void>): Promise<void>;
}

/** What every terminal host keeps to; each runs it against hosts of its own, which share their terminals if those outlive them. */
export function terminalContract(name: string, makeHost: () => TerminalHost, abilities: Abilities = {}): void {
  describe(`a terminal of ${name}`, { timeout: 30_000 }, () => {
    let made: TerminalHost;
    beforeAll(() => {
      made = makeHost();
    });
    afterAll(async () => {
      await made[Symbol.asyncDispose]();
      removeScratch();
    });
    const host = () => made;
    starting(host);
    inheriting(host);
    refusing(host);
    showing(host);
    watching(host);
    typing(host);
    ending(host);
    closing(host);
    finding(host);
    if (abilities.outlives) outliving(makeHost);
    if (abilities.interrupted) interrupting(makeHost, abilities.interrupted);
  });
}

function starting(host: Host): void {
  test("runs the command in the given directory, links and odd names included", async () => {
    const folder = join(scratch(), 'it\'s $(touch x) "ä"');
    symlinkSync(scratch(), folder);
    const terminal = await sh(host(), "pwd -P", { cwd: folder });
    expect((await exitOf(terminal)).lastWords.replaceAll("\n", "")).toBe(realpathSync(folder));
  });

  test("gives the command its environment and none of ours", async () => {
    process.env.CLAUDE_TEAM_CONTRACT = "ours";
    const env = { PATH: process.env.PATH ?? "", ODD: "a b\n'\"$HOME`é" };
    const terminal = await sh(host(), 'printf "<%s><%s>" "$ODD" "$CLAUDE_TEAM_CONTRACT"', { env });
    expect((await exitOf(terminal)).lastWords).toBe("<a b\n'\"$HOME`é><>");
  });

  test("gives every argument as it is", async () => {
    const odd = [
      "",
      " ",
      "-n",
      "--",
      "a b",
      "'",
      '"',
      "\\",
      "$(touch x)",
      "`x`",
      "a\nb",
      "*",
      "~",
      "é日本👍",
      "x".repeat(5000),
    ];
    const out = join(scratch(), "argv.json");
    const code = "require('fs').writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))";
    await exitOf(await open(host(), [process.execPath, "-e", code, "--", out, ...odd]));
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(odd);
  });
}

function inheriting(host: Host): void {
  test("is a terminal to the command, which owns it", async () => {
    const terminal = await sh(host(), "tty >/dev/null && : </dev/tty && [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo yes");
    expect((await exitOf(terminal)).lastWords).toBe("yes");
  });

  test("passes on no ignored signals", async () => {
    const terminal = await sh(
      host(),
      'for s in HUP INT QUIT TERM PIPE; do (sh -c "kill -$s \\$\\$; echo $s ignored"); done',
    );
    expect((await exitOf(terminal)).lastWords).not.toContain("ignored");
  });
}

function refusing(host: Host): void {
  test.each([
    ["directory", { cwd: "/nowhere/at/all" }, "/bin/sh"],
    ["program", {}, "/nowhere/at/all"],
  ] as const)("says so when there is no such %s", async (_, given, program) => {
    const said = await open(host(), [program, "-c", "exit 0"], given).then(
      async (terminal) => (await exitOf(terminal)).code,
      (error) => error.code,
    );
    expect(said).toSatisfy((code) => code === "TERMINAL_UNREACHABLE" || code === 127 || code === 126 || code === 1);
  });

  test("is not opened for a caller that gave up", async () => {
    const command = { argv: ["/bin/sh"] as const, cwd: "/", env: {} };
    const signal = AbortSignal.abort();
    const before = await host().list();
    await expect(host().open(command, { name: "x", place: { at: "auto" }, mark: "worker-1", signal })).rejects.toThrow(
      /abort/i,
    );
    expect(await host().list()).toHaveLength(before.length);
  });
}

function ending(host: Host): void {
  test.each([
    ["exit 0", 0, "exited with 0"],
    ["exit 3", 3, "exited with 3"],
    ["exit 255", 255, "exited with 255"],
    ["kill -KILL $$", null, "ended by SIGKILL"],
    ["kill -INT $$", null, "ended by SIGINT"],
    ["kill -TERM 0; sleep 9", null, "ended by SIGTERM"],
  ])("tells how %j ended", async (script, code, reason) => {
    expect(await exitOf(await sh(host(), `echo last words; ${script}`))).toEqual({
      code,
      reason,
      lastWords: "last words",
    });
  });

  test("has all output on the screen when it tells the end, also to those who ask later", async () => {
    const terminal = await sh(
      host(),
      "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo line $i; done; printf end; exit 4",
    );
    const exit = await exitOf(terminal);
    expect(exit).toMatchObject({ code: 4, lastWords: expect.stringMatching(/line 19999\nline 20000\nend$/) });
    expect(textOf(await terminal.screen())).toMatch(/line 20000\nend$/);
    expect(await exitOf(terminal)).toEqual(exit);
  });

  test("tells the end once, and not to those who left", async () => {
    const terminal = await sh(host(), "read x");
    const told: string[] = [];
    terminal.onExit(() => told.push("stayed"));
    terminal.onExit(() => told.push("left"))[Symbol.dispose]();
    await terminal.type("\r");
    await exitOf(terminal);
    await terminal.close();
    expect(told).toEqual(["stayed"]);
  });
}

function closing(host: Host): void {
  test("closes a live command with SIGTERM, which may still say something", async () => {
    const { path, released } = lifeline();
    const terminal = await sh(
      host(),
      `exec 9>'${path}'; trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.1; done`,
    );
    await shows(terminal, "ready");
    await terminal.close();
    await released;
    expect(await exitOf(terminal)).toMatchObject({ code: 7, lastWords: expect.stringContaining("bye") });
  });

  test("closes one that ignores SIGTERM after its grace", async () => {
    const { path, released } = lifeline();
    const terminal = await sh(host(), `exec 9>'${path}'; trap '' TERM; echo ready; while :; do sleep 0.1; done`);
    await shows(terminal, "ready");
    await terminal.close(200);
    await released;
    expect(await exitOf(terminal)).toMatchObject({ code: null, reason: "ended by SIGKILL" });
  });

  test("closes children that made their own session", async () => {
    const { path, released } = lifeline();
    const child = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')";
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { detached: true, stdio: [0, 1, 2, 9, 9, 9, 9, 9, 9, 9] }); setInterval(() => {}, 1000)`;
    const terminal = await sh(host(), `exec 9>'${path}'; exec '${process.execPath}' -e "$CODE"`, {
      env: { PATH: process.env.PATH ?? "", CODE: parent },
    });
    await shows(terminal, "ready");
    await terminal.close(200);
    await released;
  });

  test("closing is harmless when the command is gone, and twice", async () => {
    const dead = await sh(host(), "exit 0");
    await exitOf(dead);
    await dead.close();
    const live = await sh(host(), "exec cat");
    await Promise.all([live.close(), live.close()]);
    await live.close();
  });
}

function finding(host: Host): void {
  const refs = (terminals: Terminal[]) => terminals.map(({ ref }) => ref);

  test("is found by its ref as long as it lives", async () => {
    const [one, two] = await Promise.all([sh(host(), "exec cat"), sh(host(), "exec cat")]);
    expect(one.ref).not.toBe(two.ref);
    expect((await host().find(one.ref))?.ref).toBe(one.ref);
    expect(refs(await host().list())).toEqual(expect.arrayContaining([one.ref, two.ref]));
    await one.close();
    expect(await host().find(one.ref)).toBeUndefined();
    expect(refs(await host().list())).not.toContain(one.ref);
    await two.close();
  });

  test("is not found by another ref", async () => {
    expect(await host().find(`${host().kind}:0-unknown`)).toBeUndefined();
    expect(await host().find("")).toBeUndefined();
  });

  test("a found terminal is as good as an opened one", async () => {
    const terminal = await sh(host(), "echo ready; read x; exit 5");
    await shows(terminal, "ready");
    const found = await host().find(terminal.ref);
    expect(textOf((await found?.screen()) ?? (await terminal.screen()))).toBe("ready");
    await found?.type("\r");
    expect(await exitOf(terminal)).toMatchObject({ code: 5 });
  });

  test("tells the process that the command descends from", async () => {
    const terminal = await sh(host(), "echo $PPID $$; exec cat");
    const screen = await until(terminal, (now) => /\d+ \d+/.test(textOf(now)));
    if (terminal.pid !== null) expect(textOf(screen).split(" ").map(Number)).toContain(terminal.pid);
    await terminal.close();
  });
}
