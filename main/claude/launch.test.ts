import { describe, expect, test } from "vitest";
import type { WorkerId } from "../../contract/worker.ts";
import type { Order } from "../team/ports.ts";
import { workerEnvironment } from "./environment.ts";
import { type Launch, launchCommand, resumeLine } from "./launch.ts";

const order: Order = {
  worker: "worker-1" as WorkerId,
  name: "front end",
  cwd: "/home/dev/my app",
  conversation: "11111111-1111-4111-8111-111111111111",
  from: null,
  prompt: null,
  model: null,
  permissionMode: "manual",
};
const launch = (change: Partial<Order> = {}, rest: Partial<Launch> = {}) =>
  launchCommand({
    binary: "/opt/claude",
    order: { ...order, ...change },
    settingsFile: "/home/dev/.claude-team/workers/worker-1/settings.json",
    claudeArguments: [],
    env: { PATH: "/bin" },
    root: false,
    ...rest,
  });

describe("the launch line", () => {
  test("names session, worker, hook settings and permission mode, and nothing more", () => {
    expect(launch()).toEqual({
      argv: [
        "/opt/claude",
        ...["--session-id", order.conversation, "--name=front end"],
        ...["--settings", "/home/dev/.claude-team/workers/worker-1/settings.json", "--permission-mode", "manual"],
      ],
      cwd: "/home/dev/my app",
      env: { PATH: "/bin" },
    });
  });

  test("has no name of a worker that could pass for a flag: some count wherever they stand", () => {
    for (const name of ["--bare", "--safe-mode", "-p"]) {
      const { argv } = launch({ name });
      expect(argv).not.toContain(name);
      expect(argv).toContain(`--name=${name}`);
    }
  });

  test("goes on with a conversation under its own id, and with a copy under a new one", () => {
    const { conversation } = order;
    expect(launch({ from: conversation }).argv.slice(1, 4)).toEqual(["--resume", conversation, "--name=front end"]);
    const from = "22222222-2222-4222-8222-222222222222";
    const copied = ["--resume", from, "--fork-session", "--session-id", conversation];
    expect(launch({ from }).argv.slice(1, 6)).toEqual(copied);
  });

  test("puts the person's arguments after ours, and the first task last, behind --", () => {
    const { argv } = launch(
      { model: "opus", prompt: "do it\nnow" },
      { claudeArguments: ["--add-dir", "/home/dev/lib"] },
    );
    expect(argv.slice(8)).toEqual(["--model", "opus", "--add-dir", "/home/dev/lib", "--", "do it\nnow"]);
  });

  test.each(["-x and more", "--help me", "!ls -l", "/tmp/a is a path", "-- two", "  lead"])(
    "gives %j as it is",
    (prompt) => {
      expect(launch({ prompt }).argv.at(-1)).toBe(prompt);
    },
  );

  test.each(["doctor", "mcp", "update", "--help"])("gives the single word %j so that it is no command", (prompt) => {
    expect(launch({ prompt }).argv.slice(-2)).toEqual(["--", `${prompt} `]);
  });

  test("refuses a first task that no program can be given", () => {
    expect(launch({ prompt: "é ".repeat(43_690) }).argv.at(-1)).toHaveLength(87_380);
    expect(() => launch({ prompt: "é ".repeat(43_691) })).toThrow(/131074 bytes are too long/);
    expect(() => launch({ prompt: "a\0b" })).toThrow(/NUL/);
  });

  test("refuses to bypass permissions as root, unless it is a sandbox", () => {
    const mode = { permissionMode: "bypassPermissions" } as const;
    expect(() => launch(mode, { root: true })).toThrow(/IS_SANDBOX=1/);
    expect(launch(mode, { root: true, env: { IS_SANDBOX: "1" } }).argv).toContain("bypassPermissions");
    expect(launch(mode).argv).toContain("bypassPermissions");
  });
});

describe("a worker's environment", () => {
  test("is the person's own", () => {
    const own = { HOME: "/home/dev", CLAUDE_CONFIG_DIR: "/c", ANTHROPIC_API_KEY: "k", TERM: "xterm", TMPDIR: "/t" };
    expect(workerEnvironment(own, null)).toEqual(own);
  });

  test("has the login shell's PATH when we have none of our own", () => {
    expect(workerEnvironment({ PATH: "/usr/bin" }, "/opt/bin:/usr/bin")).toEqual({ PATH: "/opt/bin:/usr/bin" });
  });

  test("has nothing that npm put there to start us, and what a person's own PATH names stays", () => {
    const PATH = "/our/node_modules/.bin:/node_modules/.bin:/npm/node-gyp-bin:/usr/bin:/mine/node_modules/.bin";
    const byNpm = { npm_command: "run-script", PATH, COLOR: "0", NODE: "/usr/bin/node", INIT_CWD: "/our" };
    const typed = { PATH: "/usr/bin:/mine/node_modules/.bin" };
    expect(workerEnvironment(byNpm, null)).toEqual(typed);
    expect(workerEnvironment({ ...typed, COLOR: "1" }, null)).toEqual({ ...typed, COLOR: "1" });
  });

  test("has nothing of ours, of our terminal, or of a Claude around us", () => {
    const foreign = {
      ...{ CLAUDE_TEAM_HOME: "/h", CLAUDE_TEAM_TOKEN: "t", ELECTRON_RUN_AS_NODE: "1", npm_config_cache: "/n" },
      ...{ CLAUDECODE: "1", CLAUDE_CODE_SESSION_ID: "x", CLAUDE_CODE_SSE_PORT: "1", CLAUDE_CODE_MESSAGING_TOKEN: "s" },
      ...{ TMUX: "/tmp/tmux,1,0", TERM_PROGRAM: "iTerm.app", ITERM_SESSION_ID: "w0", COLUMNS: "80", PWD: "/elsewhere" },
    };
    expect(workerEnvironment({ ...foreign, LANG: "de_DE.UTF-8" }, null)).toEqual({ LANG: "de_DE.UTF-8" });
  });
});

test("how a person goes on with it afterwards names its own conversation, also a copy's", () => {
  const own = `claude --resume ${order.conversation}`;
  expect(resumeLine(launch())).toBe(own);
  expect(resumeLine(launch({ from: order.conversation }))).toBe(own);
  expect(resumeLine(launch({ from: "22222222-2222-4222-8222-222222222222" }))).toBe(own);
});
