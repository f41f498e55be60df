import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { endFamily } from "./end-family.ts";
import { startOf } from "./process-table.ts";

afterEach(() => void vi.restoreAllMocks());

test.each([0, 1, Number.NaN])(
  "ends nothing for %s, which is nobody's number: to kill it is to kill one's own group, or all",
  async (pid) => {
    const killed: number[] = [];
    vi.spyOn(process, "kill").mockImplementation((given) => {
      killed.push(given);
      return true;
    });
    await endFamily(pid, Promise.resolve(), 0);
    expect(killed).toEqual([]);
  },
);

test("ends nothing for a number that came to another process meanwhile", async () => {
  const stranger = spawn("sleep", ["300"], { detached: true, stdio: "ignore" });
  try {
    await endFamily(stranger.pid ?? 0, Promise.resolve(), 0, "at another time");
    expect(stranger.kill(0)).toBe(true);
    const ended = once(stranger, "exit");
    await endFamily(stranger.pid ?? 0, ended, 5000, await startOf(stranger.pid ?? 0));
    expect(await ended).toEqual([null, "SIGTERM"]);
  } finally {
    stranger.kill("SIGKILL");
  }
});
