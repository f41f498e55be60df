import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { TeamError } from "../../contract/error.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import { standInElectron } from "../../e2e/fake/electron.ts";
import type { Team } from "../team/commands.ts";
import { createStore } from "../team/store.ts";
import { type AppDeps, startApp } from "./app.ts";
import { quitWarning } from "./quit.ts";

const rest = { report: () => {}, pageDir: "/page", preload: "/preload.cjs" };

function worker(is: "idle" | "working" | "gone", host: "pty" | "tmux" = "pty"): Worker {
  const phase = is === "gone" ? { is, reason: "closed" } : { is };
  return { id: `worker-${is.length}${host.length}` as WorkerId, phase, terminal: { host, ref: "r" } } as Worker;
}

function createHouse(workers: Worker[]) {
  const store = createStore();
  store.dispatch({ type: "team.snapshot", workers, managers: 0 });
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const ended: string[] = [];
  const end = async () => void ended.push("ended");
  return { house: { team: {} as Team, store, stopped, [Symbol.asyncDispose]: end }, ended, stop };
}

async function started(choices: { first?: boolean; answer?: number } = {}, workers: Worker[] = []) {
  const world = standInElectron(choices);
  const { house, ...handles } = createHouse(workers);
  const quit = once(world.app, "stand-in:quit");
  await startApp(world.electron, { ...rest, startHouse: async () => ({ house }) });
  return { ...world, ...handles, quit };
}

/** Starts with a house that is none of ours or fails, and tells what was recorded. */
async function startedWith(startHouse: AppDeps["startHouse"]): Promise<string[]> {
  const { electron, calls } = standInElectron();
  await startApp(electron, { ...rest, startHouse });
  return calls;
}

describe("starting", () => {
  test("takes the lock and names the scheme before it waits for anything", () => {
    const { electron, calls, schemes } = standInElectron();
    void startApp(electron, { ...rest, startHouse: () => new Promise(() => {}) });
    expect(calls).toEqual(["schemes", "ready"]);
    expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });

  test("is left to the instance that runs already", async () => {
    const { calls, windows } = await started({ first: false });
    expect(calls).toEqual(["quit"]);
    expect(windows).toEqual([]);
  });

  test("shows the panel of another process that serves this home", async () => {
    const elsewhere = "http://127.0.0.1:4517/#code=1";
    const calls = await startedWith(async () => ({ elsewhere }));
    expect(calls.slice(-2)).toEqual([`outside ${elsewhere}`, "quit"]);
  });

  test("that fails says the fact and the next step", async () => {
    const calls = await startedWith(() => Promise.reject(new TeamError("PORT_TAKEN", "port 4517 is taken")));
    expect(calls.at(-2)).toMatch(/^error PORT_TAKEN: port 4517 is taken\. Stop that program/);
    expect(calls.at(-1)).toBe("exit 1");
  });
});

describe("quitting", () => {
  const beforeQuit = () => {
    const prevented: boolean[] = [];
    return { prevented, preventDefault: () => void prevented.push(true) };
  };

  test("waits until the house has ended", async () => {
    const { app, ended, quit } = await started();
    const first = beforeQuit();
    app.emit("before-quit", first);
    expect(first.prevented).toEqual([true]);
    await quit;
    expect(ended).toEqual(["ended"]);
    const second = beforeQuit();
    app.emit("before-quit", second);
    expect(second.prevented).toEqual([]);
  });

  test("asks first when workers would end with it", async () => {
    const { app, calls, quit, ended } = await started({ answer: 0 }, [worker("working")]);
    app.emit("before-quit", beforeQuit());
    await quit;
    expect(calls.some((call) => call.startsWith("ask 1 worker runs inside"))).toBe(true);
    expect(ended).toEqual(["ended"]);
  });

  test("does not happen when the person stays, and can be asked for again", async () => {
    const { app, calls, ended } = await started({ answer: 1 }, [worker("working")]);
    for (let time = 0; time < 2; time++) {
      app.emit("before-quit", beforeQuit());
      await new Promise(setImmediate);
    }
    expect(calls.filter((call) => call.startsWith("ask"))).toHaveLength(2);
    expect(ended).toEqual([]);
  });

  test("from the command line does not ask", async () => {
    const { calls, stop, quit, ended } = await started({}, [worker("working")]);
    stop();
    await quit;
    expect(calls.some((call) => call.startsWith("ask"))).toBe(false);
    expect(ended).toEqual(["ended"]);
  });
});

describe("what quitting would end", () => {
  test("is nothing without workers in our own terminals", () => {
    expect(quitWarning([worker("gone"), worker("working", "tmux")])).toBeUndefined();
  });

  test("is told with how many are in the middle of something", () => {
    expect(quitWarning([worker("idle"), worker("working"), worker("gone")])).toMatch(
      /^2 workers run inside claude-team \(1 in the middle of something\) and will end with it\./,
    );
  });
});
