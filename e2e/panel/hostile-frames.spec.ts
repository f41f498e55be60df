import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { needsClaudeAndChromium } from "../needs.ts";
import { freshLink, see, sharedBrowser, sharedPanel } from "./panel.ts";
import { openTab } from "./tab.ts";

/** What a socket heard, frame by frame, and how it was closed; code 0 while it is open. */
interface Heard {
  readonly frames: readonly { kind: string; id?: number; value?: unknown; error?: { code: string; message: string } }[];
  readonly code: number;
}

const badFrame = 4400;
const notAdmitted = 4401;
const tooBig = 1009;

needsClaudeAndChromium("a page with a good secret that sends nonsense over the bridge", () => {
  const panel = sharedPanel();
  const browser = sharedBrowser();
  let hostile: Page;
  let names = 0;

  beforeAll(async () => {
    const { spawn, person, page } = panel();
    hostile = (await openTab(browser())).page;
    await hostile.goto(await freshLink({ person }));
    await spawn({ session_name: "ana" });
    for (const each of [page, hostile]) await see(each.getByRole("button", { name: "ana" })).toBeVisible();
  });

  /** Says hello, sends these as they are, and waits for so many results or the end. */
  const say = (messages: readonly string[], results = 0): Promise<Heard> =>
    hostile.evaluate(talk, { hello: null, messages, results });
  const call = (id: unknown, name: unknown, input: unknown) => JSON.stringify({ kind: "call", id, name, input });

  /** The server is up, and the other panel hears of what happens. */
  async function othersGoOn(): Promise<void> {
    const { person, page } = panel();
    const name = `name ${++names}`;
    await person("rename", { worker: "worker-1", name });
    await see(page.getByRole("button", { name })).toBeVisible();
  }

  test.each([
    ["text that is not JSON", "{nonsense"],
    ["nothing", ""],
    ["a number", "7"],
    ["null", "null"],
    ["a list", '[{"kind":"call"}]'],
    ["an unknown kind", '{"kind":"sudo","id":1}'],
    ["a second hello", '{"kind":"hello","secret":"x"}'],
    ["an event of its own", '{"kind":"event","event":{"type":"team.managers","managers":7}}'],
    ["a result", '{"kind":"result","id":1,"value":{}}'],
    ["a call without an id", '{"kind":"call","name":"list","input":{}}'],
    ["an id that is no number", call("1", "list", {})],
    ["an id with a fraction", call(1.5, "list", {})],
    ["a name that is no text", call(1, { toString: "list" }, {})],
  ])("is hung up on for %s", async (_, message) => {
    const { frames, code } = await say([message], 1);
    expect(code).toBe(badFrame);
    expect(frames.filter(({ kind }) => kind === "result")).toEqual([]);
    await othersGoOn();
  });

  test.each([
    ["an unknown command", "sudo", {}],
    ["a name of every object", "constructor", {}],
    ["another", "__proto__", {}],
    ["a third", "toString", {}],
    ["an input that is null", "send", null],
    ["an input that is a list", "send", [1]],
    ["wrong types", "send", { worker: 1, text: {} }],
    ["a missing field", "spawn", {}],
    ["a text that is too long", "send", { worker: "worker-1", text: "x".repeat(500_001) }],
    ["a path as a number", "spawn", { cwd: 7 }],
    ["a negative range", "history", { worker: "worker-1", from: -1 }],
    ["a size beyond sense", "resize", { worker: "worker-1", cols: 1e9, rows: 1e9 }],
    ["too many workers", "wait", { workers: Array.from({ length: 201 }, () => "worker-1") }],
  ])("is told INPUT_INVALID for %s, and goes on", async (_, name, input) => {
    const { frames, code } = await say([call(1, name, input), call(2, "list", {})], 2);
    const results = frames.filter(({ kind }) => kind === "result");
    expect(results).toMatchObject([
      { id: 1, error: { code: "INPUT_INVALID" } },
      { id: 2, value: [{ id: "worker-1" }] },
    ]);
    expect(code).toBe(0);
    await othersGoOn();
  });

  test("cannot reach into the server by the keys of prototypes", async () => {
    const input = '{"__proto__":{"gone":true,"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const { frames } = await say(
      [`{"kind":"call","id":1,"name":"list","input":${input},"__proto__":{"name":"stop"}}`],
      1,
    );
    expect(frames.find(({ kind }) => kind === "result")).toMatchObject({ id: 1, value: [{ id: "worker-1" }] });
    expect(JSON.stringify(frames)).not.toContain("polluted");
    await othersGoOn();
  });

  test("is hung up on for a frame of 2 MB", async () => {
    expect((await say([call(1, "list", { padding: "x".repeat(2_000_000) })], 1)).code).toBe(tooBig);
    await othersGoOn();
  });

  test("gets an answer to each of 10 000 calls at once", async () => {
    const calls = Array.from({ length: 10_000 }, (_, id) => call(id, "look", { worker: "worker-1" }));
    const { frames, code } = await say(calls, calls.length);
    const answered = new Set(frames.filter(({ kind }) => kind === "result").map(({ id }) => id));
    expect([answered.size, code]).toEqual([10_000, 0]);
    await othersGoOn();
  });

  test("may have only so many calls open, and never two of one id", async () => {
    const wait = (id: number) => call(id, "screen", { worker: "worker-1", after: 1e9 });
    const many = await say(
      Array.from({ length: 150 }, (_, id) => wait(id)),
      50,
    );
    expect(many.frames.filter(({ error }) => error?.code === "INPUT_INVALID")).toHaveLength(50);
    expect((await say([wait(1), wait(1)], 2)).code).toBe(badFrame);
    await othersGoOn();
  });

  test.each([
    ["a wrong secret", { kind: "hello", secret: "9999999999999.wrong.secret" }],
    ["a secret that is no text", { kind: "hello", secret: { length: 43 } }],
    ["a call instead of a hello", { kind: "call", id: 1, name: "list", input: {} }],
  ])("is not let in with %s", async (_, hello) => {
    const { frames, code } = await hostile.evaluate(talk, { hello, messages: [call(1, "list", {})], results: 1 });
    expect({ frames, code }).toEqual({ frames: [], code: notAdmitted });
    await othersGoOn();
  });
});

interface Talk {
  /** Instead of a hello with the page's own secret. */
  readonly hello: object | null;
  readonly messages: readonly string[];
  readonly results: number;
}

/** Runs inside the page. */
const talk = ({ hello, messages, results }: Talk): Promise<Heard> =>
  new Promise((resolve) => {
    const frames: Heard["frames"][number][] = [];
    const socket = new WebSocket(new URL("/bridge", location.href.replace(/^http/, "ws")));
    const secret = sessionStorage.getItem("claude-team.secret");
    let missing = results;
    socket.onopen = () => {
      for (const message of [JSON.stringify(hello ?? { kind: "hello", secret }), ...messages]) socket.send(message);
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      frames.push(frame);
      if (frame.kind === "result") missing--;
      if (missing > 0 || frame.kind !== "result") return;
      socket.onclose = null;
      socket.close();
      resolve({ frames, code: 0 });
    };
    socket.onclose = ({ code }) => resolve({ frames, code });
  });
