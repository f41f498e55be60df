import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProcesses } from "./processes.ts";

const sleeper = async () => {
  const child = spawn("sh", ["-c", "sleep 60 & wait"], { stdio: "ignore", detached: true });
  await once(child, "spawn");
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    process.kill(-(child.pid as number), "SIGKILL");
    await ended;
  };
  return { pid: child.pid as number, end };
};

describe.each(["linux", "darwin"] as const)("processes as %s shows them", (platform) => {
  const processes = createProcesses(platform);

  test.runIf(platform === "darwin" || process.platform === "linux")(
    "a child descends from its parent, and is no longer there after its end",
    async () => {
      const { pid, end } = await sleeper();
      try {
        expect((await processes.ancestors(pid))[0]).toBe(process.pid);
        expect([...(await processes.starts([pid, process.pid])).keys()].sort()).toEqual([pid, process.pid].sort());
        const first = await processes.starts([pid]);
        expect(await processes.starts([pid])).toEqual(first);
      } finally {
        await end();
      }
      expect((await processes.starts([pid])).size).toBe(0);
      expect(await processes.ancestors(pid)).toEqual([]);
    },
  );

  test("nobody is asked about nothing", async () => {
    expect((await processes.starts([])).size).toBe(0);
  });
});

test.runIf(process.platform === "linux")("on Linux the start is field 22, as in Claude Code's live file", async () => {
  const field = readFileSync(`/proc/${process.pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19];
  expect((await createProcesses("linux").starts([process.pid])).get(process.pid)).toBe(field);
});
