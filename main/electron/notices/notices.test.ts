import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TeamError } from "../../../contract/error.ts";
import type { Worker } from "../../../contract/worker.ts";
import { type Start, startedApp } from "../../../e2e/fake/electron/started-app.ts";
import { asking, someRequest, someWorker, workerNumber } from "../../../e2e/fake/electron/workers.ts";
import { wording } from "./wording.ts";

beforeEach(
  () =>
    void vi.useFakeTimers({ now: 0, toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] }),
);
afterEach(() => void vi.useRealTimers());

/** An app that nobody looks at, and `judge`: worker 1 is now in this phase. */
async function started(start: Start = {}) {
  const app = await startedApp({ openedAtLogin: true, workers: [someWorker(1)], ...start });
  const judge = (phase: Worker["phase"]) =>
    app.store.dispatch({ type: "worker.judged", id: workerNumber(1), phase, why: [], at: Date.now() });
  return { ...app, judge };
}

describe("a notice", () => {
  test("comes when a worker has asked for a moment, with what it asks", async () => {
    const { judge, notices } = await started();
    judge(asking(someRequest("r1")));
    expect(notices).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(notices.map(({ words, state }) => [words, state])).toEqual([
      [
        {
          title: "builder-1 asks: Bash",
          subtitle: "shop · main",
          body: "npm test",
          groupId: "worker-1",
          silent: false,
          actions: [
            { type: "button", text: "Allow once" },
            { type: "button", text: "Deny" },
          ],
        },
        "shown",
      ],
    ]);
  });

  test("answers by the request's id", async () => {
    const { judge, notices, asked } = await started();
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(2000);
    notices[0]?.press("Deny");
    expect(asked).toEqual([{ worker: "worker-1", request: "r1", answer: { decision: "deny" }, by: "person" }]);
  });

  test("that answers too late opens the panel instead", async () => {
    const { judge, notices, team, popover } = await started();
    team.answer = () => Promise.reject(new TeamError("REQUEST_GONE", "it was answered"));
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(2000);
    notices[0]?.press("Allow once");
    await vi.waitFor(() => expect(popover.visible).toBe(true));
  });

  test("opens the popover on its worker when it is clicked", async () => {
    const { judge, notices, popover, ipcMain } = await started();
    judge({ is: "working" });
    judge({ is: "idle" });
    vi.advanceTimersByTime(3000);
    expect(notices[0]?.words).toMatchObject({ title: "builder-1 is done", silent: true, actions: [] });
    notices[0]?.emit("click");
    const { webContents } = popover;
    ipcMain.emit("claude-team", { sender: webContents, senderFrame: webContents.mainFrame }, { kind: "hello" });
    expect(popover.visible).toBe(true);
    expect(webContents.sent).toContainEqual({ kind: "go", to: "worker-1" });
  });

  test("is taken back when the worker no longer asks", async () => {
    const { judge, notices } = await started();
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(2000);
    judge({ is: "working" });
    expect(notices.map(({ state }) => state)).toEqual(["closed"]);
  });

  test("does not come to somebody who looks, nor afterwards", async () => {
    const { judge, notices, tray } = await started();
    tray.click();
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(5000);
    tray.click();
    vi.advanceTimersByTime(5000);
    expect(notices).toEqual([]);
  });

  test("does not come once somebody has looked at a pinned popover again", async () => {
    const { judge, notices, tray, popover } = await started();
    tray.emit("right-click");
    tray.menu?.choose("Keep Open");
    tray.click();
    popover.blur();
    judge(asking(someRequest("r1")));
    popover.focus();
    popover.emit("focus");
    popover.blur();
    vi.advanceTimersByTime(5000);
    expect(notices).toEqual([]);
  });

  test("comes only of the kinds that the settings want, as they are now", async () => {
    const { judge, notices, configure } = await started({
      settings: { notifications: { asking: false, finished: true, failed: true } },
    });
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(5000);
    expect(notices).toEqual([]);
    configure({ notifications: { asking: true, finished: true, failed: true } });
    judge(asking(someRequest("r2", { at: Date.now() })));
    vi.advanceTimersByTime(2000);
    expect(notices).toHaveLength(1);
  });

  test("waits while the person has paused them, for an hour", async () => {
    const { judge, notices, tray } = await started();
    tray.emit("right-click");
    tray.menu?.choose("Pause Notifications for an Hour");
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(3_599_000);
    expect(notices).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(notices).toHaveLength(1);
  });

  test("that the system refuses is in the log", async () => {
    const { judge, notices, reported } = await started();
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(2000);
    notices[0]?.emit("failed", {}, "not signed");
    expect(reported).toContainEqual(["notification", new Error("not signed")]);
  });

  test("is gone with the app, and quitting tells nothing", async () => {
    const { judge, notices, app } = await started({ answer: 0 });
    judge(asking(someRequest("r1")));
    vi.advanceTimersByTime(2000);
    app.askToQuit();
    await vi.waitFor(() => expect(notices.map(({ state }) => state)).toEqual(["closed"]));
    judge({ is: "gone", reason: "ended by SIGHUP" });
    vi.advanceTimersByTime(60_000);
    expect(notices).toHaveLength(1);
  });
});

describe("what a notice says", () => {
  const of = (given: Partial<Worker>, request: ReturnType<typeof someRequest> | null = null) =>
    wording({ key: "", kind: "asking", worker: someWorker(1, given), since: 0, request });

  test("of a command that it cannot show whole has no buttons", () => {
    for (const detail of ["x".repeat(151), "a\nb\nc\nd", "echo \u202Egpj.exe", "echo a\u0007b", "a  b", ""])
      expect(of({}, someRequest("r", { detail })).actions).toEqual([]);
    expect(of({}, someRequest("r", { detail: "cd web\nnpm test" })).actions).toHaveLength(2);
  });

  test("has no buttons either where only the terminal can answer", () => {
    expect(of({}, someRequest("r", { via: "terminal" })).actions).toEqual([]);
  });

  test("names the manager's proposal", () => {
    const proposal = { answer: { decision: "deny" as const }, at: 0 };
    expect(of({}, someRequest("r", { proposal })).title).toBe("builder-1: the manager would deny");
  });

  test("shows foreign text plain and short", () => {
    const notice = of({
      name: "\u202Eevil\n\u0000",
      branch: "a\u200Bb",
      lastReply: { messageId: "", at: 0, text: `a\r\n\t b${"😀".repeat(300)}` },
    });
    expect(notice).toMatchObject({ title: "evil is done", subtitle: "shop · ab" });
    expect(notice.body.startsWith("a\nb😀")).toBe(true);
    expect(Array.from(notice.body)).toHaveLength(220);
    expect(notice.body).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });

  test.each([
    ["rate_limited", "builder-1 has reached a limit"],
    ["signed_out", "builder-1 is signed out"],
    ["api_error", "builder-1 hit an API error"],
  ] as const)("of %s says so", (is, title) => {
    expect(of({ problem: { is, text: "resets at 5 pm", at: 0 } })).toMatchObject({ title, body: "resets at 5 pm" });
  });

  test("of questions, dialogs and ends says what it is", () => {
    const question = { question: "Which colour?", header: "", multiSelect: false, options: [] };
    const common = { id: "r", at: 0, via: "hook" as const, proposal: null };
    expect(of({}, { ...common, kind: "question", questions: [question], agent: null })).toMatchObject({
      title: "builder-1 has a question",
      body: "Which colour?",
      actions: [],
    });
    expect(of({}, { ...common, kind: "dialog", dialog: "trust", detail: "Trust this folder?" }).title).toMatch(
      /dialog/,
    );
    expect(of({ phase: { is: "gone", reason: "ended by SIGKILL" } })).toMatchObject({ title: "builder-1 has ended" });
  });
});
