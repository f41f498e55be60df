import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import { startedApp, turn } from "../../e2e/fake/electron/started-app.ts";
import { someWorker } from "../../e2e/fake/electron/workers.ts";
import { fateOf } from "./quit.ts";

const working = someWorker(1, { phase: { is: "working" } });
const inTmux = someWorker(3, { terminal: { host: "tmux", ref: "" } });

describe("quitting", () => {
  test("waits until the house has ended; windows, icon and notices are gone by then", async () => {
    const { app, ended, quit, popover, tray, store } = await startedApp();
    expect(app.askToQuit()).toBe(true);
    await quit;
    expect(ended).toEqual(["ended"]);
    expect([popover.destroyed, tray.destroyed, store.listenerCount]).toEqual([true, true, 0]);
    expect(app.askToQuit()).toBe(false);
  });

  test("asks first when workers would end with it", async () => {
    const { app, calls, quit, ended } = await startedApp({ answer: 0, workers: [working] });
    app.askToQuit();
    await quit;
    expect(calls.some((call) => call.startsWith("ask 1 worker runs inside"))).toBe(true);
    // Else macOS would leave the question behind the windows of the app in front.
    expect(calls.findIndex((call) => call.startsWith("ask"))).toBe(calls.lastIndexOf("focus true") + 1);
    expect(ended).toEqual(["ended"]);
  });

  test("does not happen when the person stays, and can be asked for again", async () => {
    const { app, calls, ended, popover } = await startedApp({ answer: 1, workers: [working] });
    for (let time = 0; time < 2; time++) {
      app.askToQuit();
      app.askToQuit();
      await turn();
    }
    expect(calls.filter((call) => call.startsWith("ask"))).toHaveLength(2);
    expect(ended).toEqual([]);
    expect(popover.destroyed).toBe(false);
  });

  test("closes the workers that would go on, too, when the person says so", async () => {
    const { app, asked, quit, ended } = await startedApp({ answer: 2, workers: [inTmux, working] });
    app.askToQuit();
    await quit;
    expect(asked).toEqual([{ worker: inTmux.id, force: true, by: "person" }]);
    expect(ended).toEqual(["ended"]);
  });

  test("does not happen when one of them cannot be closed, and says which and why", async () => {
    const { app, team, calls, ended } = await startedApp({ answer: 2, workers: [inTmux] });
    team.close = () => Promise.reject(new TeamError("TERMINAL_UNREACHABLE", "tmux does not answer"));
    app.askToQuit();
    await turn();
    expect(calls).toContainEqual(
      expect.stringContaining("error builder-3: TERMINAL_UNREACHABLE: tmux does not answer."),
    );
    expect(ended).toEqual([]);
  });

  test("happens although one of them ended while the question stood", async () => {
    const { app, team, quit, ended } = await startedApp({ answer: 2, workers: [inTmux] });
    team.close = () => Promise.reject(new TeamError("WORKER_GONE", "builder-3 has ended already"));
    app.askToQuit();
    await quit;
    expect(ended).toEqual(["ended"]);
  });

  test("from the command line or by a signal does not ask", async () => {
    const { calls, stop, quit, ended } = await startedApp({ workers: [working] });
    stop();
    await quit;
    expect(calls.some((call) => call.startsWith("ask"))).toBe(false);
    expect(ended).toEqual(["ended"]);
  });

  test("is no matter of closing windows", async () => {
    const { app, popover, ended, calls } = await startedApp();
    popover.close();
    app.emit("window-all-closed");
    await turn();
    expect([popover.destroyed, popover.visible, ended]).toEqual([false, false, []]);
    expect(calls).not.toContain("quit");
  });

  test("is not disturbed by a further start", async () => {
    const { app, house, quit, windows, popover } = await startedApp();
    let end = () => {};
    house[Symbol.asyncDispose] = () =>
      new Promise<void>((resolve) => {
        end = resolve;
      });
    app.askToQuit();
    app.emit("second-instance", {}, []);
    expect([windows.length, popover.visible]).toEqual([1, false]);
    end();
    await quit;
  });

  test("ends the app even when the house does not end well, and the log knows", async () => {
    const { house, app, quit, reported } = await startedApp();
    const cause = new Error("disk full");
    house[Symbol.asyncDispose] = () => Promise.reject(cause);
    app.askToQuit();
    await quit;
    expect(reported).toContainEqual(["quit", cause]);
  });
});

describe("what becomes of the workers", () => {
  const elsewhere = (host: "tmux" | "iterm2", number: number) => someWorker(number, { terminal: { host, ref: "" } });
  const gone = someWorker(9, { phase: { is: "gone", reason: "closed" } });

  test("is nothing to tell when there are none", () => {
    expect(fateOf([gone])).toBeUndefined();
  });

  test("is that those in our own terminals end, with how many are in the middle of something", () => {
    expect(fateOf([someWorker(2), working, gone])).toEqual({
      loses: true,
      staying: [],
      detail:
        "2 workers run inside claude-team (1 in the middle of something) and will end with it: builder-2, builder-1. Conversations can be resumed.",
    });
  });

  test("is that those in iTerm2 and tmux go on", () => {
    const staying = [elsewhere("iterm2", 1), elsewhere("tmux", 2)];
    expect(fateOf([...staying, gone])).toEqual({
      loses: false,
      staying,
      detail: "2 workers go on in iTerm2 and tmux, to be found again at the next start: builder-1, builder-2.",
    });
  });

  test("is told of both, and of many only by number", () => {
    const many = Array.from({ length: 7 }, (_, index) => someWorker(index + 1));
    const { detail } = fateOf([...many, elsewhere("tmux", 8)])!;
    expect(detail).toContain("builder-5, 2 more.");
    expect(detail).toContain("1 worker goes on in tmux");
  });
});
