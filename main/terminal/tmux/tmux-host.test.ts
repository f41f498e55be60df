import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { terminalContract } from "../../../e2e/terminal/contract.ts";
import {
  exitOf,
  lifeline,
  open,
  removeScratch,
  scratch,
  sh,
  shows,
  textOf,
} from "../../../e2e/terminal/terminal-probe.ts";
import type { TerminalHost } from "../terminal.ts";
import { attachCommand, giveSizeBack } from "./attach.ts";
import { lacksTmux, type TmuxWorld, tmuxWorld } from "./test-kit.ts";

const lack = lacksTmux();
if (lack) console.warn(lack);

describe.skipIf(lack)("tmux", { timeout: 30_000 }, () => {
  const world = tmuxWorld();
  let host: TerminalHost;
  beforeAll(() => {
    host = world.host();
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    removeScratch();
  });

  terminalContract("tmux", () => world.host({ callMs: 1000 }), {
    outlives: true,
    async interrupted(whileAway) {
      // A server that does not answer, and a client that is gone. Only the newest: two that come back at once are told of each
      // other before they are ready for it, and that ends the tmux 3.3a server.
      const [server, client] = [world.serverPid(), world.clientPids().at(-1) as number];
      process.kill(server, "SIGSTOP");
      process.kill(client, "SIGKILL");
      await whileAway().finally(() => process.kill(server, "SIGCONT"));
    },
  });

  opening(world, () => host);
  typing(world, () => host);
  ending(world, () => host);
  sharing(world, () => host);
});

type Host = () => TerminalHost;

function opening(world: TmuxWorld, host: Host): void {
  test("the environment is the given one, with the kind of terminal and the folder, and nothing of tmux", async () => {
    const terminal = await open(host(), ["env"], { cwd: "/", env: { PATH: "/usr/bin:/bin", A: "1 $B\n#{pid}" } });
    const seen = (await exitOf(terminal)).lastWords.split("\n").sort();
    expect(seen).toEqual([
      "#{pid}",
      "A=1 $B",
      "COLORTERM=truecolor",
      "PATH=/usr/bin:/bin",
      "PWD=/",
      "TERM=screen-256color",
    ]);
  });

  test("the environment may name what tmux names too", async () => {
    const env = { PATH: "/usr/bin:/bin", TERM: "dumb", COLORTERM: "", SHELL: "/bin/odd", TMUX: "x" };
    const terminal = await sh(host(), 'echo "<$TERM><$COLORTERM><$SHELL><$TMUX><$TMUX_PANE>"', { env });
    expect((await exitOf(terminal)).lastWords).toBe("<dumb><></bin/odd><x><>");
  });

  test("no secret stands in a command line, and the server knows none of ours", async () => {
    const secret = "s3cret-of-the-worker";
    const terminal = await sh(host(), "echo ready; exec cat", { env: { PATH: "/usr/bin:/bin", KEY: secret } });
    await shows(terminal, "ready");
    expect(execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })).not.toContain(secret);
    expect(world.byHand("show-environment", "-g")).not.toMatch(/VITEST|NODE_|npm_/);
    await terminal.close();
  });

  test("a folder and a name are taken as they are, formats and all", async () => {
    const cwd = join(scratch(), "#{pid} 50% %Y ##x #(id)");
    await mkdir(cwd);
    const terminal = await sh(host(), "pwd -P; exec cat", { cwd });
    expect(textOf(await shows(terminal, "id")).replaceAll("\n", "")).toBe(realpathSync(cwd));
    await terminal.name("-t #{pid} #[fg=red]'\"");
    const names = world.byHand("list-windows", "-a", "-F", "#{window_name}");
    expect(names).toContain("-t #{pid} #[fg=red]'\"");
    await terminal.close();
  });

  test("a person can attach to it, in a terminal of another size", async () => {
    const terminal = await sh(host(), "echo hello person; exec cat");
    await shows(terminal, "hello person");
    const [file, ...args] = attachCommand(terminal.ref, world.socket) ?? [""];
    const person = spawn(file, args, { cols: 70, rows: 20, env: { ...world.env, TERM: "xterm-256color" } });
    const left = new Promise((done) => person.onExit(done));
    await sees(person, "hello person");
    expect((await terminal.screen()).cols).toBe(70);
    await terminal.type("typed by us\r");
    await shows(terminal, "typed by us");
    await terminal.close();
    await left;
    expect(attachCommand("pty:1-x")).toBeUndefined();
  });

  test("has its own size again when the last person who was attached has left", async () => {
    const terminal = await sh(host(), "echo ready; exec cat");
    await shows(terminal, "ready");
    await terminal.resize(110, 33);
    const sizeAfter = async () => {
      await giveSizeBack(terminal.ref, world.socket, world.env);
      const { cols, rows } = await terminal.screen();
      return [cols, rows];
    };
    const first = await attached(world, terminal.ref, { cols: 70, rows: 20 });
    const second = await attached(world, terminal.ref, { cols: 60, rows: 15 });
    await first.leave();
    expect(await sizeAfter()).toEqual([60, 14]); // One row is tmux's own.
    await second.leave();
    expect(await sizeAfter()).toEqual([110, 33]);
    // Nothing is left to be given back, and the size is nobody else's any more.
    await terminal.resize(90, 30);
    expect(await sizeAfter()).toEqual([90, 30]);
    const third = await attached(world, terminal.ref, { cols: 50, rows: 12 });
    await third.leave();
    expect(await sizeAfter()).toEqual([90, 30]);
    await terminal.close();
    await giveSizeBack(terminal.ref, world.socket, world.env);
  });
}

/** Resolves when this was shown to the person, in however many pieces. */
function sees(person: ReturnType<typeof spawn>, text: string): Promise<void> {
  let seen = "";
  return new Promise((done) => {
    person.onData((data) => {
      seen += data;
      if (seen.includes(text)) done();
    });
  });
}

/** A person in a terminal of this size, who sees it; and who leaves it. */
async function attached({ socket, env, byHand }: TmuxWorld, ref: string, size: { cols: number; rows: number }) {
  const [file, ...args] = attachCommand(ref, socket) ?? [""];
  const person = spawn(file, args, { ...size, env: { ...env, TERM: "xterm-256color" } });
  const left = new Promise<void>((done) => person.onExit(() => done()));
  await sees(person, "ready");
  return {
    leave(): Promise<void> {
      // Not by keys: what comes within a millisecond is pasted text to tmux.
      const clients = byHand("list-clients", "-F", "#{client_pid} #{client_tty}").split("\n");
      const tty = clients.find((row) => row.startsWith(`${person.pid} `))?.split(" ")[1] ?? "";
      byHand("detach-client", "-t", tty);
      return left;
    },
  };
}

function typing(world: TmuxWorld, host: Host): void {
  test("reaches the command while a person scrolls back in its pane", async () => {
    const out = join(scratch(), "typed");
    const terminal = await sh(host(), `stty raw -echo; echo ready; head -c 8 > '${out}'`);
    await shows(terminal, "ready");
    world.byHand("copy-mode", "-t", `=${terminal.ref.slice("tmux:".length)}:`);
    await terminal.type("q\x1b[Aok\r\x03");
    await exitOf(terminal);
    expect(readFileSync(out, "utf8")).toBe("q\x1b[Aok\r\x03");
  });

  test.each(["kill-pane", "kill-session"])(
    "into a pane that a person ends by %s is refused, and no other is touched",
    async (kill) => {
      const [other, terminal] = await Promise.all([sh(host(), "exec cat"), sh(host(), "exec cat")]);
      using _watched = terminal.onChange(() => undefined);
      const typed = Promise.allSettled(
        Array.from({ length: 50 }, (_, i) => terminal.type(`${i} ${"x".repeat(5000)}\r`)),
      );
      world.byHand(kill, "-t", `=${terminal.ref.slice("tmux:".length)}`.concat(kill === "kill-pane" ? ":" : ""));
      expect(await exitOf(terminal)).toMatchObject({ code: null, reason: "its tmux pane was closed" });
      await typed;
      await expect(terminal.type("more")).rejects.toMatchObject({ code: "TERMINAL_GONE" });
      expect(await host().find(terminal.ref)).toBeUndefined();
      await other.type("still here\r");
      await shows(other, "still here");
      await Promise.all([other.close(), terminal.close()]);
    },
  );
}

function ending(world: TmuxWorld, host: Host): void {
  test("the tail of the output is all there after 10 commands that ended with 200 kB on the way", async () => {
    const flood = "i=10000; while [ $i -lt 20000 ]; do i=$((i+1)); echo row $i 4567890; done; exec kill -9 $$";
    const lastRows = Array.from({ length: 39 }, (_, i) => `row ${19_962 + i} 4567890`).join("\n");
    for (let run = 0; run < 10; run++) {
      const terminal = await sh(host(), flood);
      const { reason } = await exitOf(terminal);
      expect([reason, textOf(await terminal.screen())]).toEqual(["ended by SIGKILL", lastRows]);
    }
  });

  test("is told although the output ends inside a sequence or a frame", async () => {
    for (const unfinished of ["\\033[3", "\\033]0;title", "\\033P", "\\303", "\\033[?2026hhalf", "\\033kname"]) {
      const { code, lastWords } = await exitOf(await sh(host(), `printf 'seen ${unfinished}'; exit 9`));
      expect([code, lastWords.slice(0, 4)]).toEqual([9, "seen"]);
    }
  });

  test("keeps the pane until somebody wants to know, and no longer", async () => {
    const { path, released } = lifeline();
    const terminal = await sh(host(), `exec 9>'${path}'; echo last words; exit 4`);
    await released;
    await shows(terminal, "last words");
    expect((await host().find(terminal.ref))?.ref).toBe(terminal.ref);
    expect(await exitOf(terminal)).toMatchObject({ code: 4, lastWords: "last words" });
    expect(await host().find(terminal.ref)).toBeUndefined();
    expect(world.byHand("list-sessions")).not.toContain(terminal.ref.slice("tmux:".length));
  });
}

function sharing(world: TmuxWorld, host: Host): void {
  test("two hosts on one server see the same terminals, and each is told the end", async () => {
    const other = world.host();
    const terminal = await sh(host(), "echo ready; read x; echo $x; exit 6");
    await shows(terminal, "ready");
    const same = await other.find(terminal.ref);
    await Promise.all([same && shows(same, "ready"), same?.type("he"), terminal.type("")]);
    const [here, there] = [exitOf(terminal), same && exitOf(same)];
    await terminal.type("llo\r");
    expect(await here).toMatchObject({ code: 6 });
    expect(await there).toMatchObject({ code: 6 });
    await other[Symbol.asyncDispose]();
  });

  test("a flood may be watched on and off, and can be stopped", async () => {
    const terminal = await sh(host(), "trap 'echo stopped; exit 2' INT; yes | head -n 100000000");
    for (let turn = 0; turn < 100; turn++) {
      using _watched = terminal.onChange(() => undefined);
      await terminal.screen();
    }
    await shows(terminal, "y");
    await terminal.type("\x03");
    expect(await exitOf(terminal)).toMatchObject({ code: 2, lastWords: expect.stringContaining("stopped") });
  });

  test("nothing of a terminal is told that nobody looks at", async () => {
    const terminal = await sh(host(), "exec cat");
    const linked = () => world.byHand("list-panes", "-a", "-F", "#{pane_id} #{session_name}").split("\n");
    const ofControl = () => linked().filter((row) => row.includes(" claude-team-")).length;
    await terminal.screen();
    const before = ofControl();
    const watched = terminal.onChange(() => undefined);
    await terminal.screen();
    expect(ofControl()).toBe(before + 1);
    watched[Symbol.dispose]();
    await terminal.screen();
    expect(ofControl()).toBe(before);
    await terminal.close();
  });
}
