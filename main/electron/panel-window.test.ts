import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { standInElectron } from "../../e2e/fake/electron.ts";
import type { Team } from "../team/commands.ts";
import { createStore } from "../team/store.ts";
import { startApp } from "./app.ts";

const turn = () => new Promise(setImmediate);

/** A started app with its window; `say` is what its page sends. */
async function started() {
  const world = standInElectron();
  const store = createStore();
  const team = { list: async () => [...store.state.workers.values()] } as Partial<Team> as Team;
  const house = { team, store, stopped: new Promise<void>(() => {}), [Symbol.asyncDispose]: async () => {} };
  const startHouse = async () => ({ house });
  await startApp(world.electron, { startHouse, report: () => {}, pageDir: "/page", preload: "/preload.cjs" });
  const window = world.windows[0]!;
  const contents = window.webContents;
  const say = (message: unknown, event: object = {}) =>
    world.ipcMain.emit("claude-team", { sender: contents, senderFrame: contents.mainFrame, ...event }, message);
  return { ...world, store, window, contents, say, sent: contents.sent };
}

describe("the window", () => {
  test("is sandboxed and isolated, without Node, and loads the page of the app", async () => {
    const { window } = await started();
    expect(window.options.webPreferences).toEqual({
      preload: "/preload.cjs",
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(window.calls).toEqual(["load app://claude-team/index.html"]);
  });

  test("gets no permission", async () => {
    const { permissions } = await started();
    const answers: unknown[] = [];
    permissions.get("request")?.(...([{}, "media", (granted: boolean) => answers.push(granted)] as never[]));
    expect([...answers, permissions.get("check")?.(), permissions.get("device")?.()]).toEqual([false, false, false]);
  });

  test.each(["will-navigate", "will-redirect", "will-attach-webview"])("refuses %s", async (name) => {
    const { contents } = await started();
    const prevented: string[] = [];
    contents.emit(name, { preventDefault: () => prevented.push(name) });
    expect(prevented).toEqual([name]);
  });

  test("opens no other window; a web link goes to the browser when the person agrees", async () => {
    const { contents, calls } = await started();
    expect(contents.openWindow({ url: "https://example.org/" })).toEqual({ action: "deny" });
    await turn();
    expect(calls).toContain("outside https://example.org/");
  });

  test.each(["file:///etc/passwd", "javascript:alert(1)", "http://127.0.0.1/", "x-apple.systempreferences:"])(
    "never hands %s to the system",
    async (url) => {
      const { contents, calls } = await started();
      expect(contents.openWindow({ url })).toEqual({ action: "deny" });
      await turn();
      expect(calls.some((call) => call.startsWith("outside") || call.startsWith("ask"))).toBe(false);
    },
  );

  test("is shown again for a second start, and only one is made", async () => {
    const { app, window, windows } = await started();
    app.emit("second-instance");
    expect(windows).toHaveLength(1);
    expect(window.calls.at(-1)).toBe("show");
  });
});

describe("the pipe", () => {
  test("begins with a hello of the page, and the snapshot comes first", async () => {
    const { say, sent, store } = await started();
    expect(sent).toEqual([]);
    say({ kind: "hello" });
    store.dispatch({ type: "team.managers", managers: 1 });
    expect(sent).toMatchObject([
      { kind: "event", event: { type: "team.snapshot" } },
      { kind: "event", event: { type: "team.managers" } },
    ]);
  });

  test.each([
    ["another frame of the window", { senderFrame: { origin: "app://claude-team" } }],
    ["another origin", { senderFrame: { origin: "https://example.org" } }],
    ["a frame that is gone", { senderFrame: null }],
    ["other contents", { sender: new EventEmitter() }],
  ])("does not hear %s", async (_, event) => {
    const { say, sent } = await started();
    say({ kind: "hello" }, event);
    expect(sent).toEqual([]);
  });

  test("answers calls", async () => {
    const { say, sent } = await started();
    say({ kind: "hello" });
    say({ kind: "call", id: 1, name: "list", input: {} });
    await turn();
    expect(sent.at(-1)).toEqual({ kind: "result", id: 1, value: [] });
  });

  test("of a page that was loaded again takes the place of the one before", async () => {
    const { say, store } = await started();
    say({ kind: "hello" });
    say({ kind: "hello" });
    expect(store.listenerCount).toBe(1);
  });

  test.each(["render-process-gone", "destroyed"])("ends with its page (%s)", async (name) => {
    const { say, contents, store } = await started();
    say({ kind: "hello" });
    contents.emit(name);
    expect(store.listenerCount).toBe(0);
  });

  test("is closed, and the page told, after what is not a frame", async () => {
    const { say, sent, store } = await started();
    say({ kind: "hello" });
    say({ kind: "exec", command: "rm" });
    expect(sent.at(-1)).toMatchObject({ kind: "closed" });
    expect(store.listenerCount).toBe(0);
  });

  test("ends with the window", async () => {
    const { say, window, store } = await started();
    say({ kind: "hello" });
    window.emit("closed");
    expect(store.listenerCount).toBe(0);
  });
});
