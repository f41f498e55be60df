import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Receipt } from "../../contract/receipt.ts";
import type { Request } from "../../contract/request.ts";
import { atTheTerminal, refuse, someWorker } from "./test-kit.ts";

const at = atTheTerminal();

const trust: Request = {
  ...{ id: "req-1", at: 0, via: "key", proposal: null },
  ...{ kind: "dialog", dialog: "trust", detail: "Do you trust this folder?" },
};

describe("spawn", () => {
  test("starts a worker where it was typed, and says how it stands", async () => {
    await at.answers({ spawn: ({ cwd }: { cwd: string }) => someWorker({ cwd }) });
    const { code, out } = await at.types("spawn", "shop/../shop", "make", "the tests pass");
    expect([code, out]).toEqual([0, `worker-1 api: idle, in ${at.me.folder}/shop\n`]);
    expect(at.server.asked("spawn")).toEqual({ cwd: join(at.me.folder, "shop"), prompt: "make the tests pass" });
  });

  test.each([
    [".", (here: string) => here],
    ["/srv", () => "/srv"],
    ["~/shop", () => "~/shop"],
    ["~", () => "~"],
    ["~shop", (here: string) => `${here}/~shop`],
  ])("the directory %s", async (typed, meant) => {
    await at.answers({ spawn: () => someWorker({ cwd: homedir() }) });
    await at.types("spawn", typed);
    expect(at.server.asked("spawn")).toEqual({ cwd: meant(at.me.folder) });
  });

  test("takes a name, a model, a permission mode and a terminal", async () => {
    await at.answers({ spawn: () => someWorker() });
    const flags = ["--name", "api", "--model", "opus", "--permission-mode", "plan", "--terminal", "tmux"];
    const { out } = await at.types("spawn", "/srv", ...flags, "--json");
    expect(JSON.parse(out)).toMatchObject({ id: "worker-1", name: "api" });
    expect(at.server.asked("spawn")).toEqual({
      ...{ cwd: "/srv", name: "api", model: "opus" },
      ...{ permissionMode: "plan", terminal: "tmux" },
    });
  });

  test("shows what the worker asks before it begins", async () => {
    await at.answers({ spawn: () => someWorker({ phase: { is: "asking", requests: [trust] } }) });
    expect((await at.types("spawn", "/srv")).out).toBe(
      "worker-1 api: asking, in /project\n  request req-1, trust dialog:\n    Do you trust this folder?\n    → claude-team answer worker-1 allow, or deny\n",
    );
  });

  test("--wait prints the answer to the task, read from standard input too", async () => {
    await at.is({ input: "two\nlines\n" });
    const receipt: Receipt = { id: "msg-3", text: "two", at: 0, by: "person", state: "typed", notes: [] };
    const reply = { worker: someWorker(), outcome: "answered", text: "Done.", problem: null };
    await at.answers({ spawn: () => someWorker({ receipts: [receipt] }), reply: () => reply });
    expect(await at.types("spawn", "/srv", "-", "--wait")).toEqual({
      ...{ code: 0, out: "Done.\n", err: "worker-1 api: idle, in /project\n" },
    });
    expect(at.server.asked("spawn")).toMatchObject({ prompt: "two\nlines\n" });
    expect(at.server.asked("reply")).toEqual({ worker: "worker-1", message: "msg-3", wait: true });
  });

  test.each([
    [["spawn", "/srv", "--wait"], "--wait needs a TASK to wait for"],
    [
      ["spawn", "/srv", "--permission-mode", "yolo"],
      '--permission-mode takes manual, acceptEdits, plan, bypassPermissions, not "yolo"',
    ],
    [["spawn", "/srv", "--terminal", "screen"], '--terminal takes auto, iterm2, tmux, pty, not "screen"'],
  ])("%j is refused before anything is asked", async (argv, why) => {
    const { code, err } = await at.types(...argv);
    expect([code, err]).toEqual([2, expect.stringMatching(/\nUsage: claude-team spawn DIR/)]);
    expect(err).toContain(why);
  });

  test("says why there is no worker, in the words of the command line", async () => {
    await at.answers({ spawn: refuse("INPUT_INVALID", "✖ Invalid string\n  → at model") });
    const { code, err } = await at.types("spawn", "/srv", "--model", "a b");
    expect([code, err]).toEqual([1, "INPUT_INVALID: Invalid string (model). Correct it, and try again.\n"]);
  });
});

describe("the end of a worker, and the way back", () => {
  const gone = { is: "gone", reason: "closed by the person" } as const;

  test("close says that it ended, and how its conversation goes on", async () => {
    await at.answers({ close: () => someWorker({ phase: gone, transcript: "/t.jsonl" }) });
    expect((await at.types("close", "api")).out).toBe(
      "worker-1 api: gone, closed by the person\nclaude-team resume worker-1 goes on with its conversation.\n",
    );
    expect(at.server.asked("close")).toEqual({ worker: "api", force: false });
  });

  test("close promises nothing of a worker that never had a conversation, and takes --force", async () => {
    await at.answers({ close: () => someWorker({ phase: gone }) });
    expect((await at.types("close", "api", "--force")).out).toBe("worker-1 api: gone, closed by the person\n");
    expect(at.server.asked("close")).toEqual({ worker: "api", force: true });
  });

  test("close of one that works is refused, with what a person can type next", async () => {
    await at.answers({ close: refuse("WORKER_BUSY", "api is working") });
    const { code, err } = await at.types("close", "api");
    expect([code, err]).toEqual([1, expect.stringMatching(/^WORKER_BUSY: api is working\. .*interrupt.*--force\.\n$/)]);
  });

  test("what a refusal knows is there for a program, too", async () => {
    await at.answers({
      close: () => {
        throw new TeamError("WORKER_ASKING", "api is asking", { facts: { requests: [trust] } });
      },
    });
    expect(JSON.parse((await at.types("close", "api", "--json")).out).error).toMatchObject({
      ...{ code: "WORKER_ASKING", message: "api is asking", facts: { requests: [{ id: "req-1" }] } },
    });
  });

  test("resume goes on in the terminal that was asked for", async () => {
    await at.answers({ resume: () => someWorker() });
    expect((await at.types("resume", "api", "--terminal", "tmux")).out).toBe("worker-1 api: idle, in /project\n");
    expect(at.server.asked("resume")).toEqual({ worker: "api", terminal: "tmux" });
  });

  test("dismiss takes an ended one off the list", async () => {
    await at.answers({ dismiss: () => ({}) });
    expect(await at.types("dismiss", "api")).toMatchObject({ code: 0, out: "Taken off the list.\n" });
    expect((await at.types("dismiss", "api", "--json")).out).toBe("{}\n");
  });

  test("wait says how all of them stand, once they are done or the first is", async () => {
    await at.answers({
      wait: () => ({ settled: [someWorker()], waiting: [someWorker({ phase: { is: "working" } })] }),
    });
    expect((await at.types("wait", "api", "b")).out).toBe(
      "worker-1 api: idle, in /project\nworker-1 api: working, in /project\n",
    );
    expect(at.server.asked("wait")).toEqual({ workers: ["api", "b"], mode: "all" });
  });

  test("wait --any ends with the first", async () => {
    await at.answers({ wait: () => ({ settled: [someWorker()], waiting: [] }) });
    await at.types("wait", "api", "b", "--any");
    expect(at.server.asked("wait")).toEqual({ workers: ["api", "b"], mode: "any" });
  });

  test("rename calls a worker something else", async () => {
    await at.answers({ rename: ({ name }: { name: string }) => someWorker({ name }) });
    expect((await at.types("rename", "api", "the shop")).out).toBe("worker-1 the shop: idle, in /project\n");
    expect(at.server.asked("rename")).toEqual({ worker: "api", name: "the shop" });
  });

  test("interrupt says what the worker does then", async () => {
    await at.answers({ interrupt: () => someWorker({ name: "worker-1" }) });
    expect((await at.types("interrupt", "worker-1")).out).toBe("worker-1: idle, in /project\n");
    expect(at.server.asked("interrupt")).toEqual({ worker: "worker-1" });
  });
});

describe("serve beside a server that runs", () => {
  const settings = () => ({ problem: null, values: { terminal: "tmux" } });

  test("says where it is, and fails when another port or terminal was asked for", async () => {
    await at.answers({ settings });
    const same = await at.types("serve", "--port", "0", "--terminal", "tmux");
    expect([same.code, same.out]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`already \\(pid ${process.pid}\\)\\.\n  Panel  http://127.0.0.1:${at.server.port}/`),
      ),
    ]);
    const { code, out, err } = await at.types("serve", "--port", "1", "--terminal", "pty");
    expect([code, out, err]).toEqual([
      ...[1, ""],
      `SERVER_RUNNING: claude-team runs on ${at.me.dir} already, with port ${at.server.port} and terminal tmux (pid ${process.pid}); not taken: --port 1, --terminal pty. Stop it with claude-team stop and start again, or choose another folder with --home.\n`,
    ]);
  });

  test("says it in JSON", async () => {
    await at.answers({ settings });
    expect(JSON.parse((await at.types("serve", "--json")).out)).toMatchObject({ pid: process.pid, home: at.me.dir });
    const { code, out } = await at.types("serve", "--port", "1", "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([1, "SERVER_RUNNING"]);
  });

  test("names the fault of the settings in one line", async () => {
    await at.answers({ settings });
    await writeFile(join(at.me.dir, "settings.json"), '{"port": "many"}');
    const { err } = await at.types("serve");
    expect(err).toMatch(
      /^SETTINGS_BROKEN: .*settings\.json: port: .*; a copy is .*\. Correct the file by hand; it counts at once\.\n$/,
    );
  });
});
