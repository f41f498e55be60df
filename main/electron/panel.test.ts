import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startedApp, turn } from "../../e2e/fake/electron/started-app.ts";

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] }),
);
afterEach(() => void vi.useRealTimers());

const hidden = { openedAtLogin: true };

describe("the popover", () => {
  test("is made at once, hidden, without a frame, of the size of a popover", async () => {
    const { popover } = await startedApp(hidden);
    expect(popover.options).toMatchObject({
      ...{
        frame: false,
        show: false,
        type: "panel",
        skipTaskbar: true,
        alwaysOnTop: true,
        hiddenInMissionControl: true,
      },
      ...{ width: 420, height: 640, minWidth: 320, resizable: true, movable: false, fullscreenable: false },
    });
    expect(popover.visible).toBe(false);
  });

  test("floats over every space and full screen, and leaves the kind of the app alone", async () => {
    const { popover } = await startedApp(hidden);
    const options = { visibleOnFullScreen: true, skipTransformProcessType: true };
    expect(popover.calls).toContain(`every space true ${JSON.stringify(options)}`);
    expect(popover.calls).toContain("on top true floating");
  });

  test("opens under the icon that was clicked, with the keys; a second click hides it", async () => {
    const { popover, tray } = await startedApp(hidden);
    tray.click();
    expect(popover.bounds).toEqual({ x: 805, y: 42, width: 420, height: 640 });
    expect([popover.visible, popover.focused]).toEqual([true, true]);
    tray.click();
    expect(popover.visible).toBe(false);
  });

  test("hides when the person clicks elsewhere", async () => {
    const { popover, tray, app } = await startedApp(hidden);
    tray.click();
    popover.blur();
    expect(popover.visible).toBe(false);
    vi.advanceTimersByTime(1000);
    tray.click();
    app.emit("did-resign-active");
    expect(popover.visible).toBe(false);
  });

  test("is not opened again by the click on the icon that took the focus from it", async () => {
    const { popover, tray } = await startedApp(hidden);
    tray.click();
    popover.blur();
    vi.advanceTimersByTime(150);
    tray.click();
    expect(popover.visible).toBe(false);
    vi.advanceTimersByTime(100);
    tray.click();
    expect(popover.visible).toBe(true);
  });

  test("stays while a dialog of ours or the developer tools have the focus", async () => {
    const { popover, tray, electron } = await startedApp(hidden);
    tray.click();
    let press = (_: { response: number }) => {};
    electron.dialog.showMessageBox = (() => new Promise((resolve) => (press = resolve))) as never;
    popover.webContents.openWindow({ url: "https://example.org/" });
    popover.blur();
    expect(popover.visible).toBe(true);
    press({ response: 1 });
    await turn();
    popover.webContents.devToolsFocused = true;
    popover.blur();
    expect(popover.visible).toBe(true);
    popover.webContents.devToolsFocused = false;
    popover.blur();
    expect(popover.visible).toBe(false);
  });

  test("that is pinned stays, until it is closed", async () => {
    const { popover, tray } = await startedApp(hidden);
    tray.emit("right-click");
    tray.menu?.choose("Keep Open");
    tray.click();
    popover.blur();
    expect(popover.visible).toBe(true);
    tray.emit("right-click");
    expect(tray.menu?.items.find(({ label }) => label === "Keep Open")).toMatchObject({ checked: true });
    popover.close();
    expect([popover.visible, popover.destroyed]).toEqual([false, false]);
  });

  test("hides on Esc, where the page has no use for it", async () => {
    const { popover, tray, ipcMain } = await startedApp(hidden);
    tray.click();
    const { webContents } = popover;
    ipcMain.emit("claude-team", { sender: webContents, senderFrame: webContents.mainFrame }, { kind: "dismiss" });
    expect(popover.visible).toBe(false);
  });

  test("hides when a display goes away under it", async () => {
    const { popover, tray, screen } = await startedApp(hidden);
    tray.click();
    screen.emit("display-removed");
    expect(popover.visible).toBe(false);
  });

  test("comes back as large as the person left it, also after a restart", async () => {
    const userData = await mkdtemp(join(tmpdir(), "kept-"));
    const first = await startedApp({ ...hidden, userData });
    first.tray.click();
    first.popover.setBounds({ ...first.popover.bounds, width: 500, height: 700 });
    first.tray.click();
    first.tray.click();
    expect(first.popover.bounds).toEqual({ x: 765, y: 42, width: 500, height: 700 });
    const second = await startedApp({ ...hidden, userData });
    second.tray.click();
    expect(second.popover.bounds).toMatchObject({ width: 500, height: 700 });
    await rm(userData, { recursive: true });
  });
});

describe("on Linux", () => {
  const linux = { platform: "linux" as const, argv: ["--hidden"], icon: { x: 0, y: 0, width: 0, height: 0 } };

  test("a click opens the popover at the cursor's panel, since nobody tells where the icon is", async () => {
    const display = {
      bounds: { x: 0, y: 0, width: 1920, height: 1080 },
      workArea: { x: 0, y: 0, width: 1920, height: 1036 },
    };
    const { tray, popover, desktop } = await startedApp({ ...linux, display });
    desktop.cursor = { x: 1700, y: 1060 };
    tray.click();
    expect(popover.bounds).toEqual({ x: 1491, y: 388, width: 420, height: 640 });
  });

  test("the window is an ordinary one: Esc and a click elsewhere leave it", async () => {
    const { app, windows, ipcMain } = await startedApp(linux);
    app.emit("second-instance", {}, []);
    const window = windows[1]!;
    const { webContents } = window;
    ipcMain.emit("claude-team", { sender: webContents, senderFrame: webContents.mainFrame }, { kind: "dismiss" });
    window.blur();
    expect(window.visible).toBe(true);
    window.minimized = true;
    app.emit("second-instance", {}, []);
    expect(window.calls).toContain("restore");
    expect(windows).toHaveLength(2);
    window.close();
    app.emit("second-instance", {}, []);
    expect(windows).toHaveLength(3);
  });
});
