import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { spawn } from "@lydell/node-pty";
import { describe, expect, test } from "vitest";
import { endingOfCode } from "../process/ending.ts";
import { readReport, reportCommand, wrap } from "./wrapper.ts";

const nonce = "4711";
const report = new RegExp(`^([^]*)\\u0018\\u001b\\[\\?2026l\\u001b\\]${reportCommand};(${nonce};\\d+)\\u001b\\\\`, "u");

/** What the command wrote, and the code its wrapper reported; undefined when it did not. */
function run(shell: string, script: string): Promise<{ output: string; code: number | undefined }> {
  const command = { argv: ["/bin/sh", "-c", script], cwd: tmpdir(), env: { PATH: process.env.PATH ?? "" } } as const;
  const { file, args } = wrap({ ...command, argv: [...command.argv] }, nonce, shell);
  const pty = spawn(file, args, { cwd: command.cwd, env: command.env });
  let seen = "";
  return new Promise((done) => {
    pty.onData((data) => {
      seen += data;
      if (report.test(seen)) pty.kill("SIGKILL");
    });
    pty.onExit(() => {
      const [, output = seen, text = ""] = report.exec(seen) ?? [];
      done({ output: output.replaceAll("\r", ""), code: readReport(text, nonce) });
    });
  });
}

describe.each(["/bin/bash", "/bin/sh"].filter(existsSync))("the wrapper in %s", { timeout: 30_000 }, (shell) => {
  test.each([
    ["echo x; exit 3", "x\n", 3],
    ["kill -KILL $$", "", 137],
    ["kill -TERM 0; sleep 9", "", 143],
    ["kill -INT 0; sleep 9", "", 130],
    ["kill -USR1 0; sleep 9", "", expect.toSatisfy((code: number) => code > 128)],
    ["kill -TSTP 0; echo orphans are not stopped", "orphans are not stopped\n", 0],
    ["stty raw -echo min 0 time 0; exit 4", "", 4],
    ["exec 0<&- 1>&- 2>&-; exit 5", "", 5],
    ["(trap '' HUP; sleep 0.2; echo late) & exit 6", "", 6],
  ])("reports the end of %j behind its output", async (script, output, code) => {
    expect(await run(shell, script)).toEqual({ output, code });
  });

  test("ends without a report when it is told to hang up", async () => {
    expect(await run(shell, "kill -HUP $PPID; sleep 9")).toEqual({ output: "", code: undefined });
  });
});

test("a report of another terminal or of another form is none", () => {
  expect(readReport("4711;0", nonce)).toBe(0);
  for (const text of ["4712;0", "4711;", "4711;x", "4711", ""]) expect(readReport(text, nonce)).toBeUndefined();
});

test("codes over 128 are signals where there is such a signal", () => {
  expect(endingOfCode(137)).toEqual({ code: null, reason: "ended by SIGKILL" });
  expect(endingOfCode(128)).toEqual({ code: 128, reason: "exited with 128" });
  expect(endingOfCode(255)).toEqual({ code: 255, reason: "exited with 255" });
});
