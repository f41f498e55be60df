import { describe, expect, test } from "vitest";
import { createStore } from "./store.ts";

describe("dispatch", () => {
  test("tells every listener the events in one order, also when a listener dispatches", () => {
    const store = createStore();
    const heard: string[] = [];
    const hear = (name: string) =>
      store.subscribe((event) => heard.push(`${name} ${"managers" in event && event.managers}`));
    store.subscribe((event) => {
      if (event.type === "team.managers" && event.managers === 1)
        store.dispatch({ type: "team.managers", managers: 2 });
    });
    hear("a");
    hear("b");
    store.dispatch({ type: "team.managers", managers: 1 });
    expect(heard).toEqual(["a 1", "b 1", "a 2", "b 2"]);
    expect(store.state.managers).toBe(2);
  });
});

describe("a listener that throws", () => {
  test("is reported, and keeps no news from the others, now or later", () => {
    const faults: unknown[] = [];
    const store = createStore((cause) => faults.push(cause));
    const heard: number[] = [];
    const fault = new Error("the disk is full");
    store.subscribe(() => {
      throw fault;
    });
    store.subscribe((_, { managers }) => heard.push(managers));
    for (const managers of [1, 2]) store.dispatch({ type: "team.managers", managers });
    expect(heard).toEqual([1, 2]);
    expect(faults).toEqual([fault, fault]);
  });
});

describe("until", () => {
  test("answers at once when the state says so already", async () => {
    expect(await createStore().until(({ managers }) => managers + 1)).toBe(1);
  });

  test("answers with the first state that satisfies it, and leaves no listener", async () => {
    const store = createStore();
    const waiting = store.until(({ managers }) => (managers > 1 ? managers : undefined));
    for (const managers of [1, 2, 3]) store.dispatch({ type: "team.managers", managers });
    expect(await waiting).toBe(2);
    expect(store.listenerCount).toBe(0);
  });

  test("rejects with the signal's reason, and leaves no listener", async () => {
    const store = createStore();
    const controller = new AbortController();
    const waiting = store.until(() => undefined, controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    expect(store.listenerCount).toBe(0);
    await expect(store.until(() => 1, controller.signal)).rejects.toThrow("enough");
  });

  test("rejects when the question itself throws", async () => {
    const store = createStore();
    const waiting = store.until(({ managers }) => {
      if (managers > 0) throw new Error("no");
      return undefined;
    });
    store.dispatch({ type: "team.managers", managers: 1 });
    await expect(waiting).rejects.toThrow("no");
  });
});
