import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startedApp, turn } from "../../e2e/fake/electron/started-app.ts";
import { autostart, loginStep } from "./login-item.ts";

const hidden = { openedAtLogin: true };
const settings = { globalShortcut: "Alt+Space" };

describe("the global shortcut", () => {
  test("shows the panel, and hides it when it has the keys", async () => {
    const { desktop, popover } = await startedApp({ ...hidden, settings });
    desktop.shortcuts.get("Alt+Space")?.();
    expect(popover.visible).toBe(true);
    desktop.shortcuts.get("Alt+Space")?.();
    expect(popover.visible).toBe(false);
  });

  test("is none by default, and follows the settings at once", async () => {
    const { desktop, configure } = await startedApp();
    expect([...desktop.shortcuts.keys()]).toEqual([]);
    configure(settings);
    configure({ globalShortcut: "Alt+J" });
    expect([...desktop.shortcuts.keys()]).toEqual(["Alt+J"]);
    configure({ globalShortcut: null });
    expect([...desktop.shortcuts.keys()]).toEqual([]);
  });

  test.each([
    ["that another app has", "Alt+Space"],
    ["that is none on this system", "Alt+§"],
  ])("%s is said in the menu", async (_, accelerator) => {
    const { tray } = await startedApp({ ...hidden, taken: ["Alt+Space"], settings: { globalShortcut: accelerator } });
    tray.emit("right-click");
    expect(tray.menu?.labels).toContain(`${accelerator} Belongs to Another App`);
  });

  test("that another app has is said at once where it was set, and not again at every start", async () => {
    const { calls, configure, popover, tray } = await startedApp({ ...hidden, taken: ["Alt+Space"], settings });
    const said = () => calls.filter((call) => call.startsWith("ask"));
    expect(said()).toEqual([]);
    configure({ globalShortcut: "Alt+J" });
    tray.click();
    configure(settings);
    popover.blur();
    expect([said(), popover.visible]).toEqual([["ask Set another shortcut."], true]);
    configure({ ...settings, maxWorkers: 7 });
    expect(said()).toHaveLength(1);
  });

  test("is given back when the app quits", async () => {
    const { desktop, app, quit } = await startedApp({ settings });
    app.askToQuit();
    await quit;
    expect(desktop.shortcuts.size).toBe(0);
  });
});

test("the appearance is the settings' one, at once", async () => {
  const { desktop, configure } = await startedApp({ settings: { appearance: "dark" } });
  expect(desktop.theme.themeSource).toBe("dark");
  configure({ appearance: "light" });
  expect(desktop.theme.themeSource).toBe("light");
});

describe("launch at login", () => {
  const on = { launchAtLogin: true };

  test("is handed to macOS when the setting changes, and only then", async () => {
    const { calls, configure } = await startedApp({ packaged: true });
    configure(on);
    configure({ ...on, maxWorkers: 7 });
    configure({});
    expect(calls.filter((call) => call.startsWith("login"))).toEqual(["login true", "login false"]);
  });

  test("that macOS wants to be allowed first leads there when it was set", async () => {
    const { calls, configure } = await startedApp({ ...hidden, packaged: true, loginStatus: "requires-approval" });
    configure(on);
    await turn();
    expect(calls.slice(-2)).toEqual([
      "ask Turn Claude Team on in System Settings, under General > Login Items.",
      "outside x-apple.systempreferences:com.apple.LoginItems-Settings.extension",
    ]);
  });

  test("that cannot be set is told with the reason, and the app goes on", async () => {
    const env = { XDG_CONFIG_HOME: "/dev/null" };
    const { calls, configure, desktop } = await startedApp({ ...hidden, packaged: true, platform: "linux", env });
    configure({ ...on, appearance: "dark" });
    await turn();
    expect(calls.at(-1)).toMatch(/^ask .*ENOTDIR/);
    configure({ appearance: "light" });
    expect(desktop.theme.themeSource).toBe("light");
  });

  test("is not turned on again by us once a person turned it off in System Settings", async () => {
    const userData = await mkdtemp(join(tmpdir(), "login-"));
    const first = await startedApp({ packaged: true, userData, settings: on });
    expect(first.calls).toContain("login true");
    const second = await startedApp({ ...hidden, packaged: true, userData, settings: on });
    expect(second.calls).not.toContain("login true");
    second.tray.emit("right-click");
    expect(second.tray.menu?.labels).toContain("Launch at Login Was Turned Off in System Settings…");
    await rm(userData, { recursive: true });
  });

  test("is nobody's matter in an app that is not packed", async () => {
    const { calls } = await startedApp({ settings: on });
    expect(calls.some((call) => call.startsWith("login"))).toBe(false);
  });

  test.each([
    [true, false, "not-registered", { set: true, said: "quiet" }],
    [true, true, "enabled", { set: false, said: "quiet" }],
    [true, true, "requires-approval", { set: false, said: "needs-approval" }],
    [true, true, "not-found", { set: false, said: "removed" }],
    [false, true, "enabled", { set: true, said: "quiet" }],
    [false, false, "not-registered", { set: false, said: "quiet" }],
  ] as const)("wanted %s, applied %s, and the system says %s", (wanted, applied, status, step) => {
    expect(loginStep(wanted, applied, status)).toEqual(step);
  });

  test("on Linux is a file in the autostart folder, which starts without a window", async () => {
    const home = await mkdtemp(join(tmpdir(), "login-"));
    const env = { XDG_CONFIG_HOME: join(home, "config"), APPIMAGE: "/home/ann/My $Apps/claude-team.AppImage" };
    const { configure } = await startedApp({ platform: "linux", packaged: true, env, settings: on });
    const file = join(home, "config/autostart/claude-team.desktop");
    expect(await readFile(file, "utf8")).toContain(
      String.raw`Exec="/home/ann/My \\$Apps/claude-team.AppImage" --hidden`,
    );
    configure({});
    expect(autostart(file, "").status()).toBe("not-registered");
    await rm(home, { recursive: true });
  });

  describe("on Linux, after an update gave the AppImage another name,", () => {
    async function updated(meanwhile: (file: string, text: string) => Promise<void>) {
      const userData = await mkdtemp(join(tmpdir(), "login-"));
      const file = join(userData, "autostart/claude-team.desktop");
      const start = (version: string) => {
        const env = { XDG_CONFIG_HOME: userData, APPIMAGE: `/apps/claude-team-${version}.AppImage` };
        return startedApp({ platform: "linux", packaged: true, userData, settings: on, env });
      };
      await start("0.1.0");
      await meanwhile(file, await readFile(file, "utf8"));
      await start("0.2.0");
      const text = await readFile(file, "utf8").catch(() => "none");
      await rm(userData, { recursive: true });
      return text;
    }

    test("names the new one", async () => {
      expect(await updated(async () => {})).toContain('Exec="/apps/claude-team-0.2.0.AppImage" --hidden\n');
    });

    test("stays removed where a person removed it", async () => {
      expect(await updated((file) => rm(file))).toBe("none");
    });

    test("stays off where a person's desktop turned it off", async () => {
      const off = (text: string) => text.replace("enabled=true", "enabled=false");
      const text = await updated((file, text) => writeFile(file, off(text)));
      expect(text).toContain("0.2.0");
      expect(text).toContain("X-GNOME-Autostart-enabled=false");
    });

    test("keeps a command that a person wrote into it", async () => {
      const own = 'Exec="/apps/claude-team-0.1.0.AppImage" --hidden --no-sandbox';
      expect(await updated((file, text) => writeFile(file, text.replace(/^Exec=.*$/m, own)))).toContain(own);
    });
  });
});
