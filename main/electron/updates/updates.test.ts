import { EventEmitter } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Receipt } from "../../../contract/receipt.ts";
import { startedApp, turn } from "../../../e2e/fake/electron/started-app.ts";
import { asking, someRequest, someWorker } from "../../../e2e/fake/electron/workers.ts";
import { createUpdates, type UpdatesDeps } from "./updates.ts";
import { whyNotNow, whyNoUpdates } from "./verdict.ts";

const good = { packaged: true, signed: true, feed: true, optedOut: false };

class Updater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  logger: unknown = console;
  checks = 0;
  installed = 0;
  offline = false;
  isUpdateAvailable = false;
  async checkForUpdates() {
    this.checks++;
    if (this.offline) throw new Error("offline");
    return { isUpdateAvailable: this.isUpdateAvailable };
  }
  quitAndInstall = () => void this.installed++;
}

async function updatesOf(build: UpdatesDeps["build"]) {
  const updater = new Updater();
  let loaded = 0;
  let changed = 0;
  const load = async () => {
    loaded++;
    return updater as unknown as Awaited<ReturnType<UpdatesDeps["load"]>>;
  };
  const updates = await createUpdates({ build, load, report() {}, changed: () => void changed++ });
  return { updater, updates, counts: () => ({ loaded, changed }) };
}

describe("looking for updates", () => {
  test.each([
    [{ ...good, optedOut: true }, /CLAUDE_TEAM_NO_UPDATES/],
    [{ ...good, packaged: false }, /sources/],
    [{ ...good, feed: false }, /address of its releases/],
    [{ ...good, signed: false }, /not signed/],
  ])("is off, and the updater not even loaded, where it has no use %#", async (build, why) => {
    expect(whyNoUpdates(build)).toMatch(why);
    const { updates, counts } = await updatesOf(build);
    expect([updates.state, counts().loaded]).toEqual(["off", 0]);
  });

  test("begins at the start, fetches by itself, and installs when the app quits anyway", async () => {
    const { updater, updates } = await updatesOf(good);
    expect(updater).toMatchObject({ checks: 1, autoDownload: true, autoInstallOnAppQuit: true, logger: null });
    updates[Symbol.dispose]();
  });

  test("says when one is ready, and never installs it by itself", async () => {
    const { updater, updates, counts } = await updatesOf(good);
    expect(updates.state).toBe("none");
    updater.emit("update-downloaded", { version: "2.0.0" });
    expect([updates.state, counts().changed, updater.installed]).toEqual([{ ready: "2.0.0" }, 1, 0]);
    updates[Symbol.dispose]();
  });

  test("that fails is no failure of ours", async () => {
    const { updater, updates } = await updatesOf(good);
    updater.offline = true;
    expect(await updates.check()).toBe("failed");
    updates[Symbol.dispose]();
  });
});

describe("restarting for an update", () => {
  const team = (...workers: ReturnType<typeof someWorker>[]) => ({ workers: new Map(workers.map((w) => [w.id, w])) });
  const receipt = (state: Receipt["state"]): Receipt => ({
    id: "msg-1",
    text: "",
    at: 0,
    by: "person",
    state,
    notes: [],
  });

  test.each([
    ["while a worker asks", someWorker(1, { phase: asking(someRequest("r1")) }), "builder-1 asks something"],
    [
      "while a message is held",
      someWorker(1, { receipts: [receipt("accepted")] }),
      "a message to builder-1 is on its way",
    ],
    [
      "while one is being typed",
      someWorker(1, { receipts: [receipt("typed")] }),
      "a message to builder-1 is on its way",
    ],
  ])("is refused %s", (_, worker, why) => {
    expect(whyNotNow(team(someWorker(2), worker))).toBe(why);
  });

  test.each([
    ["works on what it got", someWorker(1, { phase: { is: "working" }, receipts: [receipt("submitted")] })],
    ["ended while it asked", someWorker(1, { phase: { is: "gone", reason: "" }, receipts: [receipt("typed")] })],
  ])("is not refused for a worker that %s", (_, worker) => {
    expect(whyNotNow(team(worker))).toBeUndefined();
  });

  /** A packed AppImage that looks for updates. */
  async function looking(workers: ReturnType<typeof someWorker>[]) {
    const resources = await mkdtemp(join(tmpdir(), "resources-"));
    onTestFinished(() => rm(resources, { recursive: true }));
    await writeFile(join(resources, "app-update.yml"), "");
    Object.assign(process, { resourcesPath: resources });
    const updater = new Updater();
    const loadUpdater = async () => updater as unknown as Awaited<ReturnType<UpdatesDeps["load"]>>;
    const env = { APPIMAGE: "/opt/claude-team.AppImage" };
    const app = await startedApp({ platform: "linux", packaged: true, env, loadUpdater, workers, argv: ["--hidden"] });
    await vi.waitFor(() => expect(app.tray.menu?.labels).toContain("Check for Updates"));
    return { ...app, updater };
  }

  /** One that has found an update; `choose` presses it in the menu. */
  async function updated(workers: ReturnType<typeof someWorker>[]) {
    const app = await looking(workers);
    app.updater.emit("update-downloaded", { version: "2.0.0" });
    return { ...app, choose: () => app.tray.menu?.choose("Restart to Update to 2.0.0") };
  }

  test.each([
    ["finds one", { isUpdateAvailable: true }, "ask A newer version is being fetched; the menu will offer it."],
    ["finds none", {}, "ask 0.1.0 is the newest version."],
    ["reaches nobody", { offline: true }, "ask The releases could not be reached. Try again later."],
  ])("that is asked for by the menu and %s says so", async (_, given, said) => {
    const { tray, updater, calls } = await looking([]);
    Object.assign(updater, given);
    tray.menu?.choose("Check for Updates");
    await vi.waitFor(() => expect(calls.at(-1)).toBe(said));
  });

  test("by the menu ends everything first, and only then installs", async () => {
    const { choose, updater, ended } = await updated([]);
    choose();
    expect(updater.installed).toBe(0);
    await vi.waitFor(() => expect(updater.installed).toBe(1));
    expect(ended).toEqual(["ended"]);
  });

  test("by the menu says what is in the way, and leaves everything as it is", async () => {
    const { choose, updater, calls, ended } = await updated([someWorker(1, { phase: asking(someRequest("r1")) })]);
    choose();
    await turn();
    expect(calls.at(-1)).toBe("ask Not now: builder-1 asks something.");
    expect([ended, updater.installed]).toEqual([[], 0]);
  });

  test("is not offered by an app that runs from its sources", async () => {
    const { tray } = await startedApp({ openedAtLogin: true });
    await turn();
    tray.emit("right-click");
    expect(tray.menu?.labels.some((label) => /update/i.test(label))).toBe(false);
  });
});
