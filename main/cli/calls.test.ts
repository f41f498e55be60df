import { describe, expect, test } from "vitest";
import { atTheTerminal, somePermission, someWorker } from "./test-kit.ts";

const at = atTheTerminal();

describe("without a server", () => {
  test.each([
    ...[["list"], ["status", "api"], ["send", "api", "hi"], ["answer", "api", "allow"], ["stop"]],
    ...[
      ["spawn", "."],
      ["interrupt", "api"],
      ["wait", "api"],
      ["rename", "api", "shop"],
      ["close", "api"],
      ["resume", "api"],
      ["dismiss", "api"],
    ],
  ])("%s ends with 3 and says how to start one", async (...argv) => {
    const { code, out, err } = await at.types(...argv);
    expect(code).toBe(3);
    expect(out).toBe("");
    expect(err).toBe(`SERVER_UNREACHABLE: no claude-team runs on ${at.me.dir}. Start it with claude-team serve.\n`);
  });

  test("--json says it in JSON", async () => {
    const { code, out } = await at.types("list", "--json");
    expect(code).toBe(3);
    expect(JSON.parse(out).error).toEqual({
      code: "SERVER_UNREACHABLE",
      message: `no claude-team runs on ${at.me.dir}`,
      hint: "Start it with claude-team serve.",
    });
  });

  test("a server that was killed is not called on its old port", async () => {
    await (await at.answers({})).end();
    expect((await at.types("list")).code).toBe(3);
  });
});

describe("a wrong command line", () => {
  test("ends with 2", async () => {
    expect(await at.types("fly")).toEqual({
      code: 2,
      out: "",
      err: "claude-team: there is no command fly.\nclaude-team --help shows how.\n",
    });
    const { code, out } = await at.types("list", "--colour", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(out).error).toEqual({
      ...{ code: "USAGE", message: "list: Unknown option '--colour'" },
      hint: "Usage: claude-team list [--all] [--json] [--home DIR]",
    });
  });

  test("is told how its command is written, also when the command itself found the fault", async () => {
    expect((await at.types("answer", "api")).err).toBe(
      [
        "claude-team: answer with allow, deny or --choose ANSWER.",
        "Usage: claude-team answer WORKER [allow|deny] [--request ID] [--reason TEXT] [--choose [QUESTION=]ANSWER] [--json] [--home DIR]",
        "",
      ].join("\n"),
    );
  });

  test("a home that a shell would take apart is refused", async () => {
    const { code, err } = await at.types("list", "--home", "/a b");
    expect(code).toBe(1);
    expect(err).toContain("HOME_UNSAFE: the home folder /a b has a space in its path");
  });
});

test("--version and --help are answered without a server", async () => {
  expect((await at.types("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await at.types("--help")).out).toContain("claude-team COMMAND");
});

describe("send", () => {
  const receipt = {
    id: "msg-7",
    text: "hi",
    at: 0,
    by: "person",
    state: "accepted",
    notes: ["a tab became four spaces"],
  };
  const reply = { worker: someWorker(), outcome: "answered", text: "Done.", problem: null };

  test("joins the words, and says what became of the message", async () => {
    await at.answers({ send: () => receipt });
    const { code, out } = await at.types("send", "api", "run", "the tests");
    expect([code, out]).toEqual([0, "msg-7 accepted · a tab became four spaces\n"]);
    expect(at.server.calls[0]?.input).toEqual({ worker: "api", text: "run the tests", as: "text" });
  });

  test("reads the text from standard input for -", async () => {
    await at.is({ input: "two\nlines\n" });
    await at.answers({ send: () => receipt });
    await at.types("send", "api", "-");
    expect(at.server.calls[0]?.input).toMatchObject({ text: "two\nlines\n" });
  });

  test("--wait asks for the answer to this very message, and prints it", async () => {
    await at.answers({ send: () => receipt, reply: () => reply });
    expect((await at.types("send", "api", "hi", "--wait")).out).toBe("Done.\n");
    expect(at.server.calls[1]).toEqual({ call: "reply", input: { worker: "api", message: "msg-7", wait: true } });
  });

  test("--wait fails when there is no answer, and shows what is asked", async () => {
    const worker = someWorker({ phase: { is: "asking", requests: [somePermission] } });
    await at.answers({ send: () => receipt, reply: () => ({ ...reply, worker, outcome: "asking", text: null }) });
    const { code, out } = await at.types("send", "api", "hi", "--wait");
    expect(code).toBe(1);
    expect(out).toContain(
      "(worker-1: asking)\n  request req-1, permission for Bash:\n    rm -rf dist\n    ls\n    → claude-team answer",
    );
  });

  test("--when-busy says what happens to it while the worker works", async () => {
    await at.answers({ send: () => receipt });
    await at.types("send", "api", "stop that", "--when-busy", "interrupt");
    expect(at.server.asked("send")).toEqual({ worker: "api", text: "stop that", as: "text", whenBusy: "interrupt" });
    expect((await at.types("send", "api", "hi", "--when-busy", "now")).err).toContain(
      '--when-busy takes hold, queue, interrupt, not "now"',
    );
  });

  test("--command lets a command act", async () => {
    await at.answers({ send: () => receipt });
    await at.types("send", "api", "/compact", "--command");
    expect(at.server.calls[0]?.input).toMatchObject({ text: "/compact", as: "command" });
  });
});

describe("stop", () => {
  test("waits until the server has gone", async () => {
    const { home } = await at.answers({ list: () => [], stop: () => void setImmediate(() => at.server.end()) });
    expect(await at.types("stop")).toMatchObject({ code: 0, out: "Stopped.\n" });
    expect((await at.types("list", "--home", home.paths.dir)).code).toBe(3);
  });

  test("says which workers end with it", async () => {
    await at.answers({ list: () => [someWorker()], stop: () => void setImmediate(() => at.server.end()) });
    expect((await at.types("stop")).err).toContain("end with it: worker-1");
  });
});

describe("open", () => {
  test("--print gives the address with its code", async () => {
    const { port } = await at.answers({ open: () => ({ url: "http://127.0.0.1:1/#code=x" }) });
    expect(await at.types("open", "--print")).toMatchObject({ code: 0, out: "http://127.0.0.1:1/#code=x\n" });
    expect(port).toBeGreaterThan(0);
  });

  test("prints it too where there is no browser", async () => {
    await at.answers({ open: () => ({ url: "http://127.0.0.1:1/#code=x" }) });
    expect((await at.types("open")).out).toContain("http://127.0.0.1:1/#code=x");
  });
});
