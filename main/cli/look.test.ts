import { describe, expect, test } from "vitest";
import type { WorkerId } from "../../contract/worker.ts";
import { atTheTerminal, refuse, somePermission, someWorker } from "./test-kit.ts";

const at = atTheTerminal();

describe("list", () => {
  test("says in two lines who is there and what matters now", async () => {
    const workers = [
      someWorker({ activity: "Running npm test" }),
      someWorker({ name: "a longer name", phase: { is: "asking", requests: [somePermission] } }),
    ];
    await at.answers({ list: () => workers });
    const { code, out } = await at.types("list");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "worker-1  api            idle    1m  /project",
        "    Running npm test",
        "worker-1  a longer name  asking  1m  /project",
        "    wants Bash: rm -rf dist ls",
        "",
      ].join("\n"),
    );
  });

  const ended = someWorker({ id: "worker-2" as WorkerId, phase: { is: "gone", reason: "exited with 1" } });

  test("says how many have ended, and shows them with --all", async () => {
    await at.answers({ list: () => [someWorker(), ended, ended] });
    expect((await at.types("list")).out).toBe("worker-1  api  idle  1m  /project\n2 ended; --all shows them.\n");
    expect((await at.types("list", "--all")).out).toContain("worker-2  api  gone  1m  /project\n    exited with 1\n");
    expect(at.server.asked("list")).toEqual({ gone: true });
  });

  test("says both when nobody but an ended one is there", async () => {
    await at.answers({ list: () => [ended] });
    expect((await at.types("list")).out).toMatch(/^No workers\. .*spawn DIR.*\n1 ended; --all shows it\.\n$/);
  });

  test("gives the workers themselves with --json, the ended ones with --all", async () => {
    await at.answers({ list: () => [someWorker(), ended] });
    expect(JSON.parse((await at.types("list", "--json")).out)).toMatchObject([{ id: "worker-1" }]);
    expect(JSON.parse((await at.types("list", "--all", "--json")).out)).toHaveLength(2);
  });

  test.each([["list"], ["status", "api"]])("%s says on the side that the settings are broken", async (...argv) => {
    await at.answers({
      list: () => [],
      status: () => ({ worker: someWorker(), screen: [], screenError: null }),
      settings: () => ({ problem: "/h/settings.json: not JSON (a\nb)" }),
    });
    const { code, err } = await at.types(...argv, "--json");
    expect([code, err]).toEqual([
      ...[0, "SETTINGS_BROKEN: /h/settings.json: not JSON (a b). Correct the file by hand; it counts at once.\n"],
    ]);
  });

  test("cuts what is wider than the terminal, and says so", async () => {
    await at.is({ columns: 40 });
    await at.answers({ list: () => [someWorker({ activity: "x".repeat(100) })] });
    expect((await at.types("list")).out).toContain(`\n    ${"x".repeat(35)}…\n`);
  });

  test("lets nothing through that a terminal would obey", async () => {
    await at.answers({
      list: () => [someWorker({ name: "\u001b[2Jx\u202e\u0007", cwd: "/a\nb", activity: "\u009b31mred" })],
    });
    const { out } = await at.types("list");
    expect(out).toBe("worker-1  [2Jx  idle  1m  /a b\n    31mred\n");
  });

  test("says what to do when there is nobody", async () => {
    await at.answers({ list: () => [] });
    expect((await at.types("list")).out).toContain("claude-team open");
  });
});

describe("status", () => {
  test("shows phase, reasons, the exact request and the screen", async () => {
    const worker = someWorker({
      phase: { is: "asking", requests: [somePermission] },
      why: [
        { signal: "live", says: "waiting: permission prompt", at: 0, agrees: true },
        { signal: "transcript", says: "a tool runs", at: 0, agrees: false },
      ],
    });
    await at.answers({ status: () => ({ worker, screen: ["Do you want to proceed?"], screenError: null }) });
    expect((await at.types("status", "api")).out).toBe(
      [
        "worker-1 api: asking, for 1m",
        "  in /project",
        "  because live: waiting: permission prompt",
        "  although transcript: a tool runs",
        "  request req-1, permission for Bash:",
        "    rm -rf dist",
        "    ls",
        "    → claude-team answer worker-1 allow, or deny",
        "  │ Do you want to proceed?",
        "",
      ].join("\n"),
    );
    expect(at.server.asked("status")).toEqual({ worker: "api" });
  });

  test("of an ended worker says how it goes on, if it ever had a conversation", async () => {
    const status = (transcript: string | null) => () => ({
      worker: someWorker({ phase: { is: "gone", reason: "exited with 1" }, transcript }),
      ...{ screen: null, screenError: "it has ended" },
    });
    await at.answers({ status: status("/t.jsonl") });
    expect((await at.types("status", "api")).out).toContain("  exited with 1\n  → claude-team resume worker-1\n");
    await at.server.end();
    await at.answers({ status: status(null) });
    expect((await at.types("status", "api")).out).not.toContain("resume");
  });

  test("of an unknown worker fails with the next step", async () => {
    await at.answers({ status: refuse("WORKER_UNKNOWN", "no worker nobody") });
    const { code, err } = await at.types("status", "nobody");
    expect(code).toBe(1);
    expect(err).toBe("WORKER_UNKNOWN: no worker nobody. claude-team list --all shows the workers there are.\n");
  });
});
