import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { standInElectron } from "../../e2e/fake/electron/electron.ts";
import { startedApp, turn } from "../../e2e/fake/electron/started-app.ts";
import { someWorker } from "../../e2e/fake/electron/workers.ts";
import { startApp } from "./app.ts";

const rest = {
  ...{ pageDir: "/page", preload: "/preload.cjs", assets: "/assets", profile: null, logFile: "" },
  report: () => {},
  loadUpdater: () => Promise.reject(new Error("no updater here")),
};
const never = () => new Promise<never>(() => {});
const mac = { platform: "darwin" as const, env: {}, argv: [] };

describe("starting", () => {
  test("takes the lock, names the scheme and leaves the Dock before it waits for anything", () => {
    const { electron, calls, schemes } = standInElectron();
    void startApp(electron, { ...rest, process: mac, startHouse: never });
    expect(calls).toEqual(["schemes", "policy accessory", "dock hide", "ready"]);
    expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });

  test("gives each home an app of its own: its profile stands in a private folder, before the lock is taken", async () => {
    const home = await mkdtemp(join(tmpdir(), "app-"));
    const { electron, calls } = standInElectron({ first: false });
    const profile = join(home, "app");
    await startApp(electron, { ...rest, process: mac, profile, startHouse: never });
    expect(calls).toEqual(["path userData", "quit"]);
    expect((await stat(profile)).mode & 0o777).toBe(0o700);
    await rm(home, { recursive: true });
  });

  test("is left to the instance that runs already", async () => {
    const { electron, calls, windows } = standInElectron({ first: false });
    await startApp(electron, { ...rest, process: mac, startHouse: never });
    expect(calls).toEqual(["quit"]);
    expect(windows).toEqual([]);
  });

  test("shows the panel of another process that serves this home", async () => {
    const elsewhere = "http://127.0.0.1:4517/#code=1";
    const { calls, windows } = await startedApp({ startHouse: async () => ({ elsewhere }) });
    expect(calls.slice(-2)).toEqual([`outside ${elsewhere}`, "quit"]);
    expect(windows).toEqual([]);
  });

  test("that fails says the fact and the next step", async () => {
    const { calls } = await startedApp({
      startHouse: () => Promise.reject(new TeamError("PORT_TAKEN", "port 4517 is taken")),
    });
    expect(calls.at(-2)).toMatch(/^error PORT_TAKEN: port 4517 is taken\. Stop that program/);
    expect(calls.at(-1)).toBe("exit 1");
  });

  test("shows the popover on macOS, and a window where an icon may not be seen", async () => {
    const onMac = await startedApp();
    expect(onMac.windows.map(({ visible }) => visible)).toEqual([true]);
    const onLinux = await startedApp({ platform: "linux", icon: { x: 0, y: 0, width: 0, height: 0 } });
    expect(onLinux.windows.map(({ visible, options }) => [visible, options.frame])).toEqual([
      [false, false],
      [true, undefined],
    ]);
  });

  test.each([
    ["by macOS", { openedAtLogin: true }],
    ["by a Linux desktop", { platform: "linux" as const, argv: ["/opt/claude-team", "--hidden"] }],
  ])("at login %s shows nothing but the icon", async (_, start) => {
    const { windows, trays } = await startedApp(start);
    expect(windows.map(({ visible }) => visible)).toEqual([false]);
    expect(trays).toHaveLength(1);
  });

  test("gives macOS a menu for its keys, without developer tools in a packed app", async () => {
    const packed = await startedApp({ packaged: true });
    expect(packed.desktop.appMenu?.labels).toEqual(["appMenu", "editMenu", "windowMenu"]);
    const unpacked = await startedApp();
    expect(unpacked.desktop.appMenu?.labels).toContain("viewMenu");
    const linux = await startedApp({ platform: "linux" });
    expect(linux.desktop.appMenu).toBeNull();
  });

  test("keeps in the log what became of Electron's own processes", async () => {
    const { app, reported } = await startedApp();
    app.emit("child-process-gone", {}, { type: "GPU", reason: "crashed", exitCode: 139 });
    expect(reported).toContainEqual(["process", new Error("Electron's GPU process is gone: crashed (139)")]);
  });

  test("looks after the terminals as soon as the machine wakes from sleep", async () => {
    const { powerMonitor, woken } = await startedApp();
    expect(woken).toEqual([]);
    powerMonitor.emit("resume");
    expect(woken).toEqual(["woken"]);
  });

  test("takes links only as a packed app", async () => {
    expect((await startedApp({ packaged: true })).calls).toContain("scheme claude-team");
    expect((await startedApp()).calls).not.toContain("scheme claude-team");
  });
});

describe("a further start", () => {
  test("shows what is there instead of a second app", async () => {
    const { app, popover, windows } = await startedApp({ openedAtLogin: true });
    app.emit("second-instance", {}, ["electron", "."]);
    expect(popover.visible).toBe(true);
    expect(windows).toHaveLength(1);
  });

  test.each(["activate", "second-instance"])("opens a window when macOS hides the icon (%s)", async (name) => {
    const icon = { x: 0, y: 982, width: 30, height: 24 };
    const { app, windows, popover, calls } = await startedApp({ openedAtLogin: true, icon });
    app.emit(name, {}, []);
    const [, window] = windows;
    expect([popover.visible, window?.visible]).toEqual([false, true]);
    expect(window?.calls).toContain("title Claude Team (its icon is hidden: System Settings → Menu Bar)");
    expect(calls.at(-1)).toBe("policy regular");
    window?.close();
    expect(calls.at(-1)).toBe("policy accessory");
  });
});

describe("a link to a worker", () => {
  const workers = [someWorker(3)];
  const hello = (app: Awaited<ReturnType<typeof startedApp>>) => {
    const { webContents } = app.popover;
    app.ipcMain.emit("claude-team", { sender: webContents, senderFrame: webContents.mainFrame }, { kind: "hello" });
    return webContents.sent.filter((message) => (message as { kind: string }).kind === "go");
  };

  test("opens the popover on it, once the page listens", async () => {
    const app = await startedApp({ workers, openedAtLogin: true });
    let prevented = false;
    const event = {
      preventDefault: () => {
        prevented = true;
      },
    };
    app.app.emit("open-url", event, "claude-team://worker/worker-3");
    expect([prevented, app.popover.visible]).toEqual([true, true]);
    expect(hello(app)).toEqual([{ kind: "go", to: "worker-3" }]);
  });

  test("may come with the start, or before Electron is ready", async () => {
    const argv = ["/opt/claude-team", "claude-team://worker/worker-3"];
    expect(hello(await startedApp({ workers, argv }))).toEqual([{ kind: "go", to: "worker-3" }]);
  });

  test("may come with a second start", async () => {
    const app = await startedApp({ workers });
    app.app.emit("second-instance", {}, ["/opt/claude-team", "--x", "claude-team://worker/worker-3"]);
    expect(hello(app)).toEqual([{ kind: "go", to: "worker-3" }]);
  });

  test("that names no worker opens the panel where it was, and nothing acts", async () => {
    const app = await startedApp({ workers, openedAtLogin: true });
    for (const link of [
      "claude-team://worker/worker-3?close=1",
      "claude-team://answer/allow",
      "claude-team://worker/../x",
    ])
      app.app.emit("open-url", { preventDefault() {} }, link);
    await turn();
    expect(app.popover.visible).toBe(true);
    expect(hello(app)).toEqual([]);
    expect(app.asked).toEqual([]);
  });
});
