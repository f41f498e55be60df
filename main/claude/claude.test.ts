import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Observation } from "../../contract/observation.ts";
import { settings } from "../../contract/settings.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { Order } from "../team/ports.ts";
import { type Claude, createClaude } from "./claude.ts";

const worker = "worker-1" as WorkerId;
const order: Order = {
  ...{
    worker,
    name: "one",
    cwd: "/",
    conversation: "c1",
    from: null,
    prompt: "go on",
    model: null,
    permissionMode: "manual",
  },
};
let root: string;
let binary: string;
let claude: Claude;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "claude-"));
  binary = join(root, "claude");
  writeFileSync(binary, "#!/bin/sh\necho '2.1.330 (Claude Code)'\n", { mode: 0o755 });
  let count = 0;
  claude = createClaude({
    home: root,
    env: { PATH: "/usr/bin:/bin", SHLVL: "1", CLAUDE_CONFIG_DIR: join(root, "config"), CLAUDE_TEAM_CLAUDE: binary },
    settings: () => settings.parse({ claudeArguments: ["--verbose"] }),
    locate: async (conversation, cwd) => `${cwd}${conversation}.jsonl`,
    now: () => 5,
    randomToken: () => `token${++count}`,
    processes: { starts: async (pids) => new Map(pids.map((pid) => [pid, "1"])), ancestors: async () => [40] },
  });
});
afterEach(() => {
  claude[Symbol.dispose]();
  rmSync(root, { recursive: true });
});

describe("Claude Code", () => {
  test("is started with the worker's own files, which last until it is forgotten", async () => {
    const { argv, env } = await claude.prepare(order);
    expect(argv[0]).toBe(binary);
    expect(argv.slice(-3)).toEqual(["--verbose", "--", "go on"]);
    expect(env).toEqual({ PATH: "/usr/bin:/bin", SHLVL: "1", CLAUDE_CONFIG_DIR: join(root, "config") });
    expect(existsSync(argv[argv.indexOf("--settings") + 1]!)).toBe(true);
    await claude.forget(worker);
    expect(existsSync(join(root, "workers/worker-1"))).toBe(false);
  });

  test("that cannot be started leaves no files behind", async () => {
    await expect(claude.prepare({ ...order, prompt: "x".repeat(200_000) })).rejects.toThrow("too long");
    rmSync(binary);
    await expect(claude.prepare(order)).rejects.toMatchObject({ code: "CLAUDE_NOT_FOUND" });
    expect(existsSync(join(root, "workers"))).toBe(false);
  });

  test("is not prepared for a caller who gave up", async () => {
    await expect(claude.prepare(order, AbortSignal.abort())).rejects.toThrow();
    expect(existsSync(join(root, "workers"))).toBe(false);
  });

  test("is found with its version", async () => {
    expect(await claude.find()).toEqual({ binary, from: "CLAUDE_TEAM_CLAUDE", version: "2.1.330" });
  });

  test("is watched through its hooks and its live file at once", async () => {
    await claude.prepare(order);
    mkdirSync(join(root, "config/sessions"), { recursive: true });
    const told: Observation[] = [];
    const all = new Promise<void>((resolve) => {
      const watch = claude.watch({ worker, conversation: "c1", cwd: "/", pid: 40 }, (observation) => {
        if (told.push(observation) < 2) return;
        watch[Symbol.dispose]();
        resolve();
      });
    });
    const token = readFileSync(join(root, "workers/worker-1/token"), "utf8");
    expect(claude.hooks.authorise("worker-1", token)).toBe(true);
    expect(claude.hooks.authorise("worker-1", "other")).toBe(false);
    const body = { hook_event_name: "SessionStart", session_id: "c1", source: "startup" };
    await claude.hooks.receive("worker-1", body, new AbortController().signal);
    const live = { pid: 50, sessionId: "c1", procStart: "1", status: "idle" };
    writeFileSync(join(root, "config/sessions/50.json"), JSON.stringify(live));
    await all;
    expect(told.map((o) => o.signal).sort()).toEqual(["hook", "live"]);
    expect(await claude.hooks.receive("worker-1", body, new AbortController().signal)).toBe("");
    expect(told).toHaveLength(2);
  });
});
