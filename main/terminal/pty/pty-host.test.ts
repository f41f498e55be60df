import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
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
  until,
} from "../../../e2e/terminal/terminal-probe.ts";
import { createPtyHost } from "./pty-host.ts";

terminalContract("the embedded host", () => createPtyHost());

const long = 30_000;
const host = createPtyHost();
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  removeScratch();
});

/** 200 kB in numbered rows that end with the command itself, at once. */
const flood = "i=10000; while [ $i -lt 20000 ]; do i=$((i+1)); echo row $i 4567890; done; exec kill -9 $$";
const lastRows = Array.from({ length: 39 }, (_, i) => `row ${19_962 + i} 4567890`).join("\n");

function keepBusy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe("the tail of the output", { timeout: long }, () => {
  test("is all there after 20 commands that ended with 200 kB on the way", async () => {
    for (let run = 0; run < 20; run++) {
      const terminal = await sh(host, flood);
      const { reason } = await exitOf(terminal);
      expect([reason, textOf(await terminal.screen())]).toEqual(["ended by SIGKILL", lastRows]);
    }
  });

  test("is all there when our process was too busy to read it in time", async () => {
    for (let run = 0; run < 5; run++) {
      const terminal = await sh(
        host,
        "echo started; sleep 0.02; i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo row $i; done; exit 6",
      );
      await until(terminal, (screen) => textOf(screen) !== "");
      keepBusy(400);
      const exit = await exitOf(terminal);
      expect(exit).toMatchObject({ code: 6, lastWords: expect.stringMatching(/row 299\nrow 300$/) });
    }
  });

  test("is drawn although it ends inside a sequence or a frame", async () => {
    for (const unfinished of ["\\033[3", "\\033]0;title", "\\033P", "\\303", "\\033[?2026hhalf"]) {
      const { code, lastWords } = await exitOf(await sh(host, `printf 'seen ${unfinished}'; exit 9`));
      expect([code, lastWords.slice(0, 4)]).toEqual([9, "seen"]);
    }
  });

  test("is not cut by a report that the command made up", async () => {
    const terminal = await sh(host, String.raw`printf '\033]451700;1;0\033\\'; echo more; exit 8`);
    expect(await exitOf(terminal)).toMatchObject({ code: 8, lastWords: "more" });
  });
});

describe("a command that does not read", { timeout: long }, () => {
  test("never blocks us, and what was not taken is refused at its end", async () => {
    const terminal = await sh(host, "stty raw -echo; echo ready; sleep 1000");
    await shows(terminal, "ready");
    const before = performance.now();
    const typed = expect(terminal.type("x".repeat(200_000))).rejects.toMatchObject({ code: "TERMINAL_GONE" });
    expect(performance.now() - before).toBeLessThan(500);
    await terminal.close();
    await typed;
  });

  test("gets everything, in order, when it reads at last", async () => {
    const out = join(scratch(), "typed");
    const go = join(scratch(), "go");
    const text = Array.from({ length: 10_000 }, (_, i) => `${i}é\n`).join("");
    const size = Buffer.byteLength(text);
    const script = `mkfifo '${go}'; stty raw -echo; echo ready; read x < '${go}'; head -c ${size} > '${out}'`;
    const terminal = await sh(host, script);
    await shows(terminal, "ready");
    const typed = terminal.type(text);
    await exitOf(await sh(host, `echo now > '${go}'`));
    await typed;
    await exitOf(terminal);
    expect(readFileSync(out, "utf8") === text).toBe(true);
  });
});

describe("a flood", { timeout: long }, () => {
  test("leaves the terminal usable", async () => {
    const terminal = await sh(host, "trap 'echo stopped; exit 2' INT; yes | head -n 100000000");
    await shows(terminal, "y");
    await terminal.type("\x03");
    expect(await exitOf(terminal)).toMatchObject({ code: 2, lastWords: expect.stringContaining("stopped") });
  });
});

describe("the environment", { timeout: long }, () => {
  test("is the given one, with the kind of terminal and the folder", async () => {
    const terminal = await open(host, ["env"], { cwd: "/", env: { PATH: "/usr/bin:/bin", A: "1" } });
    const seen = (await exitOf(terminal)).lastWords.split("\n").sort();
    expect(seen).toEqual(["A=1", "COLORTERM=truecolor", "PATH=/usr/bin:/bin", "PWD=/", "TERM=xterm-256color"]);
  });

  test("may name another kind of terminal", async () => {
    const env = { PATH: "/usr/bin:/bin", TERM: "dumb", COLORTERM: "" };
    const terminal = await sh(host, 'echo "<$TERM><$COLORTERM>"', { env });
    expect((await exitOf(terminal)).lastWords).toBe("<dumb><>");
  });

  test.runIf(existsSync("/proc/self/fd"))("holds no descriptor of another terminal", async () => {
    const other = await sh(host, "exec cat");
    const terminal = await sh(host, "ls -l /proc/$$/fd/");
    expect((await exitOf(terminal)).lastWords).not.toMatch(/ptmx|socket:|eventpoll/);
    await other.close();
  });

  test("refuses what cannot be handed to a process", async () => {
    await expect(open(host, ["/bin/sh", "a\0b"])).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    await expect(open(host, ["cat"], { cwd: "/etc/passwd" })).rejects.toThrow("there is no directory /etc/passwd");
    await expect(open(host, ["no-such-program"])).rejects.toThrow('there is no program "no-such-program"');
    await expect(open(host, [""])).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
  });

  test("a program is looked for in the command's own PATH and folder", async () => {
    expect(await exitOf(await open(host, ["echo", "x"], { env: { PATH: "/nowhere:/bin" } }))).toMatchObject({
      code: 0,
    });
    expect(await exitOf(await open(host, ["./sh", "-c", "exit 3"], { cwd: "/bin" }))).toMatchObject({ code: 3 });
  });
});

describe("a screen", { timeout: long }, () => {
  test("is the same object while nothing changes, also when a question was answered meanwhile", async () => {
    const ask = String.raw`stty raw -echo; echo ready; read x; printf '\033[>0q'; dd bs=1 count=17 2>/dev/null | od -An -c; cat`;
    const terminal = await sh(host, ask);
    const screen = await shows(terminal, "ready");
    expect(await terminal.screen()).toBe(screen);
    await terminal.type("\n");
    const answered = await until(terminal, (now) => textOf(now).includes("\\"));
    expect(textOf(answered).replace(/\s+/g, "")).toBe(String.raw`ready033P>|claude-team033\\`.replace("\\\\", "\\"));
    await terminal.close();
  });

  test("of an ended command stays, and can no longer be resized", async () => {
    const terminal = await sh(host, "echo last");
    await exitOf(terminal);
    expect(textOf(await terminal.screen())).toBe("last");
    await expect(terminal.resize(80, 24)).rejects.toMatchObject({ code: "TERMINAL_GONE" });
  });
});

describe("the end of the host", { timeout: long }, () => {
  test("ends every command and refuses new ones", async () => {
    const own = createPtyHost({ graceMs: 200 });
    const { path, released } = lifeline();
    for (const trap of ["trap '' TERM", "trap '' HUP", ":"]) {
      await shows(await sh(own, `exec 9<>'${path}'; ${trap}; echo ready; while :; do sleep 0.1; done`), "ready");
    }
    await own[Symbol.asyncDispose]();
    await released;
    await expect(sh(own, "exit 0")).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE" });
    expect(await own.list()).toEqual([]);
  });

  test("by SIGKILL to us ends the commands too", async () => {
    const { path, released } = lifeline();
    const script = `
      import { createPtyHost } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "pty-host.ts")).href)};
      import { sh, shows } from ${JSON.stringify(new URL("../../../e2e/terminal/terminal-probe.ts", import.meta.url).href)};
      const host = createPtyHost();
      const given = { env: { PATH: process.env.PATH } };
      for (let i = 0; i < 3; i++) {
        await shows(await sh(host, "exec 9<>'${path}'; echo ready; while :; do sleep 0.1; done", given), "ready");
      }
      console.log("all ready");`;
    const us = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(us.stdout, "data");
    us.kill("SIGKILL");
    await released;
  });
});
