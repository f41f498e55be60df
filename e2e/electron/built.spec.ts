import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Call } from "../../main/terminal/iterm2/wire/iterm2_pb.ts";
import { startIterm2 } from "../fake/iterm2/iterm2.ts";
import { type BuiltApp, prepareRunner, startBuiltApp, type Told } from "./built-app.ts";
import { createPerson, type Person } from "./person.ts";

const isSent = (fits: (message: never) => boolean) => (told: Told) =>
  told.event === "sent" && fits(told.message as never);
const isEvent = (type: string) =>
  isSent(({ kind, event }: { kind: string; event?: { type: string } }) => kind === "event" && event?.type === type);
const isBeat = ({ case: name, value }: Call["call"]) => name === "variable" && value.get.includes("pid");
const isCall = (begins: string) => (told: Told) => told.event === "call" && String(told.call).startsWith(begins);

let runner: string;
beforeAll(async () => {
  runner = await prepareRunner();
});
afterAll(() => rm(dirname(runner), { recursive: true }));

describe("the built app", () => {
  let person: Person;
  let app: BuiltApp;
  const tray = () => app.act<{ image: string; toolTip: string; menu: string[] }>("tray");
  const result = async (id: number) => {
    const { message } = await app.until(
      isSent((frame: { kind: string; id: number }) => frame.kind === "result" && frame.id === id),
    );
    return message as { value?: unknown; error?: { message: string } };
  };

  beforeAll(async () => {
    person = await createPerson();
    app = startBuiltApp(runner, { env: person.env, argv: ["--hidden"] });
    await app.until(({ event }) => event === "window");
  });
  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await person?.remove();
  });

  test("says what must be said before Electron is ready, in a profile of its home's own", async () => {
    const calls = app.told.filter(({ event }) => event === "call").map(({ call }) => call);
    expect(calls).toEqual(["path userData", "schemes", "ready", "handle app"]);
    expect((await stat(join(person.home, "app"))).mode & 0o777).toBe(0o700);
  });

  test("makes one window, hidden and sandboxed, with the built preload", () => {
    const windows = app.told.filter(({ event }) => event === "window");
    expect(windows).toHaveLength(1);
    const { options } = windows[0] as unknown as {
      options: { show: boolean; webPreferences: Record<string, unknown> };
    };
    expect(options).toMatchObject({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
    });
    expect(existsSync(String(options.webPreferences.preload))).toBe(true);
  });

  test("finds its icon at both scales", async () => {
    const { image, toolTip } = await tray();
    expect([image, image.replace(".png", "@2x.png")].map(existsSync)).toEqual([true, true]);
    expect(toolTip).toBe("Claude Team: No workers");
  });

  test("serves the built page with its policy, and nothing else", async () => {
    type Answer = { status: number; text: string; headers: Record<string, string> };
    const get = (path: string) => app.act<Answer>("get", `app://claude-team/${path}`);
    const page = await get("index.html");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    const files = [...page.text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
    for (const path of ["../main/main.js", "..%2fmain/main.js", "assets/..%5c..%5cmain.js"])
      expect((await get(path)).status).toBe(404);
  });

  test("gives its page the team, and runs a worker whose request a notice answers", async () => {
    await app.act("say", { kind: "hello" });
    const { message } = await app.until(isEvent("team.snapshot"));
    expect(message).toMatchObject({ event: { workers: [], settings: { values: { terminal: "pty" } } } });
    const input = { cwd: person.project, name: "builder", prompt: "Test it. [[bash:npm test]][[text:All pass.]]" };
    await app.act("say", { kind: "call", id: 1, name: "spawn", input });
    expect((await result(1)).value).toMatchObject({ id: "worker-1", name: "builder" });
    const { words } = await app.until(({ event }) => event === "notice");
    expect(words).toMatchObject({ title: "builder asks: Bash", body: "npm test" });
    expect(await tray()).toMatchObject({
      toolTip: "Claude Team: 1 needs you",
      image: expect.stringContaining("tray-asking"),
    });
    await app.act("press", "Allow once");
    await app.until(({ event, menu }) => event === "menu" && (menu as string[])[0] === "1 unread");
    await app.act("say", { kind: "call", id: 2, name: "reply", input: { worker: "worker-1" } });
    expect((await result(2)).value).toMatchObject({ outcome: "answered", text: "All pass." });
    expect(await app.act("noticeStates")).toEqual(["closed"]);
  });

  test("copies a report that says how it is, and not who or what it is about", async () => {
    await app.act("choose", "Copy Report");
    await app.until(isCall("ask It holds versions"));
    const report = await app.act<string>("clipboard");
    expect(report).toMatch(/- worker-1: idle for \d+ s in pty \(.*live.*agrees/);
    expect(report).not.toMatch(/npm test|shop|builder|All pass/);
    expect(report).not.toContain(person.folder);
  });

  test("shows a second start and a link, without acting on it", async () => {
    await app.act("start", "electron", "claude-team://worker/worker-1");
    await app.until(({ event, options }) => event === "window" && (options as { frame?: boolean }).frame !== false);
    expect((await app.act<{ visible: boolean }[]>("windows")).map(({ visible }) => visible)).toEqual([false, true]);
  });

  test("leaves a home that is served already to who serves it", async () => {
    const other = startBuiltApp(runner, { env: person.env });
    onTestFinished(() => other[Symbol.asyncDispose]());
    const { call } = await other.until(isCall("outside"));
    expect(call).toMatch(/^outside http:\/\/127\.0\.0\.1:\d+\/#code=/);
    expect(await other.ended).toBe(0);
    expect(other.told.some(({ event }) => event === "window")).toBe(false);
  });

  test("tells what quitting ends, ends it, and goes", async () => {
    expect(await app.act("askToQuit")).toBe(true);
    const { call } = await app.until(isCall("ask 1 worker runs inside"));
    expect(call).toContain("builder");
    expect(await app.ended).toBe(0);
    expect(existsSync(join(person.home, "server.json"))).toBe(false);
    expect(await readFile(join(person.home, "logs/server.jsonl"), "utf8").catch(() => "")).not.toContain(
      '"level":"error"',
    );
  });
});

describe("a built app", () => {
  async function started(env: NodeJS.ProcessEnv = {}) {
    const person = await createPerson();
    const app = startBuiltApp(runner, { env: { ...person.env, ...env } });
    onTestFinished(async () => {
      await app[Symbol.asyncDispose]();
      await person.remove();
    });
    return { ...person, app };
  }

  test("that is told to stop by a signal ends without asking", async () => {
    const { app, home } = await started();
    await app.until(({ event }) => event === "window");
    app.stop();
    expect(await app.ended).toBe(0);
    expect(app.told.some(isCall("ask"))).toBe(false);
    expect(existsSync(join(home, "server.json"))).toBe(false);
  });

  test("that cannot be served says why and ends with an error", async () => {
    const { app } = await started({ CLAUDE_TEAM_HOME: "/a b" });
    const { call } = await app.until(isCall("error"));
    expect(call).toMatch(/^error HOME_UNSAFE: .*a space/);
    expect(await app.ended).toBe(1);
  });

  test("asks iTerm2 whether it is still there as soon as the machine wakes from sleep", async () => {
    await using iterm2 = await startIterm2();
    const { app, project } = await started(iterm2.env);
    await app.until(({ event }) => event === "window");
    await app.act("say", { kind: "hello" });
    const input = { cwd: project, name: "builder", terminal: "iterm2" };
    await app.act("say", { kind: "call", id: 1, name: "spawn", input });
    await app.until(isSent(({ kind }: { kind: string }) => kind === "result"));
    // Its own beat asks the same, but 20 s apart.
    const limit = AbortSignal.timeout(10_000);
    const asked = iterm2.next((event) => event.is === "client.called" && isBeat(event.call), limit);
    await app.act("resume");
    await asked;
  });

  test("that is packed with the address of its releases loads the updater", async () => {
    const resources = await mkdtemp(join(tmpdir(), "resources-"));
    onTestFinished(() => rm(resources, { recursive: true }));
    await writeFile(join(resources, "app-update.yml"), "provider: generic\nurl: http://127.0.0.1:9/\n");
    const packed = { STAND_IN_PACKAGED: "1", STAND_IN_RESOURCES: resources, APPIMAGE: "/opt/claude-team.AppImage" };
    const { app } = await started(packed);
    await app.until(({ event, menu }) => event === "menu" && (menu as string[]).includes("Check for Updates"));
  });
});
