import { describe, expect, test } from "vitest";
import { emptyTeam, reduce } from "../../contract/reduce.ts";
import { memoryPipe } from "../../main/bridge/memory-pipe.ts";
import { serve } from "../../main/bridge/serve.ts";
import type { Team } from "../../main/team/commands.ts";
import { createStore } from "../../main/team/store.ts";
import { Refused } from "./refused.ts";
import { stayConnected } from "./stay-connected.ts";

const turn = () => new Promise(setImmediate);

/** A page and a server that can go away, come back, or refuse. Waiting takes no time but is recorded. */
function world() {
  const store = createStore();
  let is: "up" | "down" | "refusing" = "up";
  let served: Disposable | undefined;
  let state = emptyTeam;
  const waits: number[] = [];
  const seen: string[] = [];
  const resume: (() => void)[] = [];
  const page = new AbortController();

  async function open() {
    if (is === "refusing") throw new Refused();
    if (is === "down") throw new Error("ECONNREFUSED");
    const [mine, theirs] = memoryPipe();
    served = serve(theirs, { team: {} as Team, store, report: () => {} });
    return mine;
  }

  const done = stayConnected(
    {
      open,
      wait: (ms) => {
        waits.push(ms);
        return new Promise((resolve) => resume.push(resolve));
      },
      onEvent: (event) => {
        state = reduce(state, event);
      },
      onChange: (connection) => seen.push(connection.is),
    },
    page.signal,
  );

  return {
    store,
    waits,
    seen,
    page,
    done,
    state: () => state,
    become: (next: typeof is) => {
      is = next;
      if (next !== "up") served?.[Symbol.dispose]();
    },
    retry: async () => {
      resume.shift()?.();
      await turn();
    },
  };
}

describe("a page", () => {
  test("comes back by itself and has the newest state then", async () => {
    const { store, become, retry, seen, state } = world();
    await turn();
    become("down");
    await turn();
    store.dispatch({ type: "team.managers", managers: 3 });
    become("up");
    await retry();
    expect(seen).toEqual(["connecting", "online", "offline", "online"]);
    expect(state()).toEqual(store.state);
  });

  test("waits longer after each failure, up to a limit, and from the start again after a success", async () => {
    const { become, retry, waits } = world();
    await turn();
    become("down");
    await turn();
    for (let i = 0; i < 7; i++) await retry();
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
    become("up");
    await retry();
    become("down");
    await turn();
    expect(waits.at(-1)).toBe(250);
  });

  test("that is refused says so and tries no more", async () => {
    const { become, retry, seen, done } = world();
    await turn();
    become("refusing");
    await turn();
    await retry();
    await done;
    expect(seen.at(-1)).toBe("refused");
  });

  test("that is left closes its pipe and is done", async () => {
    const { store, page, done } = world();
    await turn();
    expect(store.listenerCount).toBe(1);
    page.abort();
    await done;
    expect(store.listenerCount).toBe(0);
  });
});
