import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { type Start, startedApp, turn } from "../../e2e/fake/electron/started-app.ts";

/** A started app, and `say`: what the page in its popover sends. */
async function started(start: Start = {}) {
  const app = await startedApp(start);
  const contents = app.popover.webContents;
  const say = (message: unknown, event: object = {}) =>
    app.ipcMain.emit("claude-team", { sender: contents, senderFrame: contents.mainFrame, ...event }, message);
  return { ...app, contents, say, sent: contents.sent };
}

describe("each window", () => {
  test.each([
    ["the popover", "darwin" as const],
    ["the ordinary window", "linux" as const],
  ])("%s is sandboxed and isolated, without Node, and loads the page of the app", async (_, platform) => {
    const { windows } = await started({ platform });
    const window = windows.at(-1);
    expect(window?.options.webPreferences).toEqual({
      preload: "/preload.cjs",
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: process.platform === "darwin",
    });
    expect(window?.calls).toContain("load app://claude-team/index.html");
    expect(window?.options.show).toBe(false);
  });

  test.each([
    ["media", false],
    ["notifications", false],
    ["clipboard-read", false],
    ["openExternal", false],
    ["clipboard-sanitized-write", true],
  ])("that wants %s gets it: %s", async (permission, may) => {
    const { permissions } = await started();
    const answers: unknown[] = [];
    permissions.get("request")?.(...([{}, permission, (granted: boolean) => answers.push(granted)] as never[]));
    answers.push(permissions.get("check")?.(...([null, permission, ""] as never[])));
    expect(answers).toEqual([may, may]);
    expect(permissions.get("device")?.()).toBe(false);
  });

  test("saves only what the page has made, and the popover waits for the dialog", async () => {
    const { defaultSession, popover } = await started();
    const download = (url: string) => {
      let refused = false;
      const item = Object.assign(new EventEmitter(), { getURL: () => url });
      defaultSession.emit(
        "will-download",
        {
          preventDefault: () => {
            refused = true;
          },
        },
        item,
      );
      return { item, refused: () => refused };
    };
    expect(download("app://claude-team/index.html").refused()).toBe(true);
    expect(download("blob:https://example.org/1").refused()).toBe(true);
    const { item, refused } = download("blob:app://claude-team/1");
    popover.blur();
    expect([refused(), popover.visible]).toEqual([false, true]);
    item.emit("done");
    await turn();
    popover.blur();
    expect(popover.visible).toBe(false);
  });

  test.each([
    "https://example.org/a.js",
    "http://127.0.0.1:4517/",
    "file:///etc/passwd",
    "app://elsewhere/",
    "ws://[::1]/",
  ])("loads nothing from %s", async (url) => {
    const { mayLoad } = await started();
    expect(mayLoad(url)).toBe(false);
  });

  test("loads its own page, and pictures that stand in it", async () => {
    const { mayLoad } = await started();
    expect(
      ["app://claude-team/assets/index.js", "blob:app://claude-team/1", "data:image/png;base64,"].map(mayLoad),
    ).toEqual([true, true, true]);
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

  test("whose page crashed gets a new one, at once while it is seen, but not again and again", async () => {
    const { contents, popover, reported, app } = await started();
    const crash = () => {
      contents.crashed = true;
      contents.emit("render-process-gone", {}, { reason: "oom", exitCode: 5 });
    };
    crash();
    crash();
    expect(contents.calls).toEqual(["reload"]);
    expect(reported).toHaveLength(2);
    popover.hide();
    app.emit("second-instance", {}, []);
    expect(contents.calls).toEqual(["reload", "reload"]);
  });
});

describe("the pipe", () => {
  const managers = { type: "team.managers", managers: 1 } as const;

  test("begins with a hello of the page, and the snapshot comes first", async () => {
    const { say, sent, store } = await started();
    expect(sent).toEqual([]);
    say({ kind: "hello" });
    store.dispatch(managers);
    expect(sent).toMatchObject([
      { kind: "event", event: { type: "team.snapshot" } },
      { kind: "event", event: managers },
    ]);
  });

  test.each([
    ["another frame of the window", { senderFrame: { origin: "app://claude-team" } }],
    ["another origin", { senderFrame: { origin: "https://example.org" } }],
    ["a frame that is gone", { senderFrame: null }],
    ["other contents", { sender: new EventEmitter() }],
  ])("does not hear %s", async (_, event) => {
    const { say, sent, popover } = await started();
    say({ kind: "hello" }, event);
    say({ kind: "dismiss" }, event);
    expect(sent).toEqual([]);
    expect(popover.visible).toBe(true);
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
    const before = store.listenerCount;
    say({ kind: "hello" });
    say({ kind: "hello" });
    expect(store.listenerCount).toBe(before + 1);
  });

  test.each(["render-process-gone", "destroyed"])("ends with its page (%s)", async (name) => {
    const { say, contents, store } = await started();
    const before = store.listenerCount;
    say({ kind: "hello" });
    contents.emit(name, {}, {});
    expect(store.listenerCount).toBe(before);
  });

  test("is closed, and the page told, after what is not a frame", async () => {
    const { say, sent, store } = await started();
    const before = store.listenerCount;
    say({ kind: "hello" });
    say({ kind: "exec", command: "rm" });
    expect(sent.at(-1)).toMatchObject({ kind: "closed" });
    expect(store.listenerCount).toBe(before);
  });

  test("ends with the window", async () => {
    const { say, popover, store, ipcMain } = await started();
    const before = store.listenerCount;
    say({ kind: "hello" });
    popover.destroy();
    expect(store.listenerCount).toBe(before);
    expect(ipcMain.listenerCount("claude-team")).toBe(0);
  });

  test("is silent while nobody sees the page; then one snapshot makes up for all", async () => {
    const { say, sent, store, popover, tray } = await started();
    say({ kind: "hello" });
    tray.click();
    const silent = sent.length;
    store.dispatch(managers);
    expect([popover.visible, sent.length]).toEqual([false, silent]);
    tray.click();
    expect(sent.slice(silent)).toMatchObject([{ kind: "event", event: { type: "team.snapshot", managers: 1 } }]);
    store.dispatch({ ...managers, managers: 0 });
    expect(sent.slice(silent + 1)).toMatchObject([{ event: { type: "team.managers" } }]);
  });

  test("of a hidden page still answers, and a page that is loaded while hidden gets its snapshot", async () => {
    const { say, sent, tray } = await started();
    tray.click();
    say({ kind: "hello" });
    say({ kind: "call", id: 1, name: "list", input: {} });
    await turn();
    expect(sent).toMatchObject([{ event: { type: "team.snapshot" } }, { kind: "result", id: 1 }]);
  });
});
