import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Start, startedApp, turn } from "../../../e2e/fake/electron/started-app.ts";
import { asking, someRequest, someWorker, workerNumber } from "../../../e2e/fake/electron/workers.ts";
import { menuOf } from "./menu.ts";
import { sentenceOf, standing, titleOf } from "./standing.ts";

beforeEach(
  () => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] }),
);
afterEach(() => void vi.useRealTimers());

const asks = (number: number, since = 0) => someWorker(number, { phase: asking(someRequest(`r${number}`)), since });
const team = [asks(1), someWorker(2, { phase: { is: "working" } }), someWorker(3, { unread: true }), someWorker(4)];

/** The menu, as a right click shows it. */
async function menu(start: Start = {}) {
  const app = await startedApp({ openedAtLogin: true, ...start });
  app.tray.emit("right-click");
  return { ...app, menu: app.tray.menu! };
}

describe("how the team stands", () => {
  const count = (...workers: typeof team) => standing({ workers: new Map(workers.map((w) => [w.id, w])) });

  test("is one line, and a number beside the icon only when somebody is needed", () => {
    expect(sentenceOf(count(...team))).toBe("1 needs you · 1 working · 1 unread · 1 idle");
    expect(titleOf(count(...team))).toBe(" 1");
    expect(titleOf(count(...team.slice(1)))).toBe("");
    expect(sentenceOf(count())).toBe("No workers");
    expect(sentenceOf(count(asks(1), asks(5)))).toBe("2 need you");
  });

  test("stays narrow with a hundred", () => {
    expect(titleOf(count(...Array.from({ length: 120 }, (_, index) => asks(index + 1))))).toBe(" 99+");
  });
});

describe("the icon on macOS", () => {
  test("is a template with the count as its title, follows every event, and tells screen readers", async () => {
    const { tray, store } = await startedApp({ workers: team });
    expect(tray.image).toMatchObject({ path: "/assets/tray-template.png", template: true });
    expect([tray.title, tray.toolTip]).toEqual([" 1", "Claude Team: 1 needs you · 1 working · 1 unread · 1 idle"]);
    store.dispatch({ type: "worker.judged", id: workerNumber(1), phase: { is: "working" }, why: [], at: 1 });
    expect([tray.title, tray.toolTip]).toEqual(["", "Claude Team: 2 working · 1 unread · 1 idle"]);
  });

  test("has no context menu of the system's, which would take the left click", async () => {
    const { tray } = await startedApp();
    expect(tray.menu).toBeUndefined();
    expect(tray.ignoresDoubleClicks).toBe(true);
  });

  test("shows the menu on a right click and on Ctrl-click", async () => {
    const { tray, popover } = await startedApp({ openedAtLogin: true });
    tray.click({ ctrlKey: true });
    expect(tray.menu?.labels).toContain("Quit Claude Team");
    expect(popover.visible).toBe(false);
  });
});

describe("the icon on Linux", () => {
  test("changes its shape when somebody asks, and has its menu at hand, as it is now", async () => {
    const { tray, store } = await startedApp({ platform: "linux", workers: [asks(1)] });
    expect(tray.image.path).toBe("/assets/tray-asking.png");
    expect(tray.menu?.labels).toContain("Next That Needs You");
    store.dispatch({ type: "worker.judged", id: workerNumber(1), phase: { is: "idle" }, why: [], at: 1 });
    expect(tray.image.path).toBe("/assets/tray.png");
    expect(tray.menu?.labels).not.toContain("Next That Needs You");
    tray.menu?.choose("Keep Open");
    expect(tray.menu?.items.find(({ label }) => label === "Keep Open")).toMatchObject({ checked: true });
  });
});

describe("the menu", () => {
  test("says how the team stands, and what can be done", async () => {
    const { menu: shown } = await menu({ workers: team });
    expect(shown.labels).toEqual([
      "1 needs you · 1 working · 1 unread · 1 idle",
      ...["-", "Open Claude Team", "Next That Needs You", "Settings…"],
      ...["-", "Keep Open", "Pause Notifications for an Hour"],
      ...["-", "Copy Report"],
      ...["-", "Quit Claude Team"],
    ]);
    expect(shown.items[0]).toMatchObject({ enabled: false });
  });

  test("says what stands in the way of shortcut, login and update", () => {
    const calm = { standing: standing({ workers: new Map() }), pinned: false, paused: false };
    const labels = menuOf({ ...calm, shortcut: { taken: "Alt+Space" }, login: "removed", update: { ready: "2.0.0" } });
    expect(labels.flat().map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        "Alt+Space Belongs to Another App",
        "Launch at Login Was Turned Off in System Settings…",
        "Restart to Update to 2.0.0",
      ]),
    );
  });

  const go = ({ popover, ipcMain }: Awaited<ReturnType<typeof menu>>) => {
    const { webContents } = popover;
    ipcMain.emit("claude-team", { sender: webContents, senderFrame: webContents.mainFrame }, { kind: "hello" });
    return webContents.sent.at(-1);
  };

  test("opens the panel, at the settings or at whom waits longest", async () => {
    const plain = await menu();
    plain.menu.choose("Open Claude Team");
    expect(plain.popover.visible).toBe(true);
    const settings = await menu();
    settings.menu.choose("Settings…");
    expect(go(settings)).toEqual({ kind: "go", to: "settings" });
    const next = await menu({ workers: [asks(1, 20), asks(2, 10)] });
    next.menu.choose("Next That Needs You");
    expect(go(next)).toEqual({ kind: "go", to: "worker-2" });
  });

  test("pauses the notices and takes the pause back", async () => {
    const { tray, menu: shown } = await menu();
    shown.choose("Pause Notifications for an Hour");
    const checked = () => {
      tray.emit("right-click");
      return tray.menu?.items.find(({ label }) => label?.startsWith("Pause"))?.checked;
    };
    expect(checked()).toBe(true);
    tray.menu?.choose("Pause Notifications for an Hour");
    expect(checked()).toBe(false);
  });

  test("opens the system's list of login items where it has to be allowed", async () => {
    const { menu: shown, calls } = await menu({
      packaged: true,
      loginStatus: "requires-approval",
      settings: { launchAtLogin: true },
    });
    shown.choose("Allow Launch at Login in System Settings…");
    expect(calls.at(-1)).toMatch(/^outside x-apple\.systempreferences:.*LoginItems/);
  });

  test("copies a report, and says what is in it", async () => {
    const { menu: shown, desktop, calls } = await menu({ workers: team });
    shown.choose("Copy Report");
    await turn();
    expect(desktop.clipboard).toMatch(/claude-team: 0\.1\.0 \(from sources\)/);
    expect(desktop.clipboard).toContain("- worker-1: asking");
    expect(calls.at(-1)).toMatch(/^ask It holds versions, settings/);
  });

  test("quits as any other way does", async () => {
    const { menu: shown, calls } = await menu();
    shown.choose("Quit Claude Team");
    expect(calls).toContain("quit");
  });
});
