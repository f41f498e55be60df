import { describe, expect, test } from "vitest";
import { anyWorker } from "../../contract/any-worker.ts";
import type { TeamEvent } from "../../contract/events.ts";
import type { Worker, WorkerId } from "../../contract/worker.ts";
import type { Team } from "../team/commands.ts";
import { id, panel } from "./test-kit.ts";

describe("a panel that nobody sees", () => {
  const said = (text: string): TeamEvent => ({
    ...{ type: "worker.said", id, at: 2, messageCount: 1, lastReply: { messageId: "m", text, at: 2 }, activity: text },
    ...{ branch: null, model: null, context: null },
  });
  const judged = (phase: Worker["phase"]): TeamEvent => ({ type: "worker.judged", id, phase, why: [], at: 2 });
  const asks = judged({
    is: "asking",
    requests: [
      { id: "r", at: 1, via: "terminal", proposal: null, kind: "dialog", dialog: "unknown", detail: "May I?" },
    ],
  });

  /** What it is told after it said so. */
  async function unseen(commands: Partial<Team> = {}) {
    const parts = panel(commands);
    await parts.next();
    parts.here.post({ kind: "seen", seen: false });
    await parts.arrived();
    return parts;
  }

  test("gets no previews, no screens, no timeline: nothing while its workers only work", async () => {
    const { store, frames, arrived } = await unseen();
    for (let n = 0; n < 100; n++) store.dispatch(said("x".repeat(1000)));
    store.dispatch(judged({ is: "working" }));
    store.dispatch(judged({ is: "idle" }));
    store.dispatch({ type: "worker.looked", id, at: 3 });
    store.dispatch({ type: "team.managers", managers: 1 });
    await arrived();
    expect(frames).toEqual([]);
  });

  test("gets nothing of a screen that it has given up", async () => {
    let drawn = () => {};
    const screen: Team["screen"] = (_input, _by, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        drawn = () => resolve({ rev: 1, at: 1, cols: 80, rows: 24, lines: [[{ text: "secret" }]], cursor: null });
      });
    const { here, next, frames, call, arrived } = panel({ screen });
    await next();
    call("screen", { worker: id, after: 1 });
    await arrived();
    here.post({ kind: "seen", seen: false });
    here.post({ kind: "cancel", id: 1 });
    await arrived();
    drawn();
    await arrived();
    expect(frames).toMatchObject([{ kind: "result", id: 1, error: { code: "CANCELLED" } }]);
  });

  test("is told once when a worker begins to ask, and once when it ceases: its title counts them", async () => {
    const { store, frames, arrived } = await unseen();
    for (const event of [asks, asks, said("still"), judged({ is: "working" }), judged({ is: "idle" })])
      store.dispatch(event);
    await arrived();
    expect(frames).toEqual([
      { kind: "event", event: asks },
      { kind: "event", event: judged({ is: "working" }) },
    ]);
  });

  test("counts also who comes while nobody looks, and who is dismissed while it asks", async () => {
    const { store, frames, arrived } = await unseen();
    const other = { ...anyWorker(), id: "worker-2" as WorkerId };
    store.dispatch({ type: "worker.opened", worker: other });
    store.dispatch({ type: "worker.dismissed", id: other.id });
    store.dispatch(asks);
    store.dispatch({ type: "worker.dismissed", id });
    await arrived();
    const types = frames.map((frame) => frame.kind === "event" && frame.event.type);
    expect(types).toEqual(["worker.opened", "worker.judged", "worker.dismissed"]);
  });

  test("gets the whole team when it is seen again, and every event from then on", async () => {
    const { store, here, frames, next, arrived } = await unseen();
    store.dispatch(said("missed"));
    here.post({ kind: "seen", seen: true });
    expect(await next()).toMatchObject({ event: { type: "team.snapshot", workers: [{ activity: "missed" }] } });
    here.post({ kind: "seen", seen: true });
    store.dispatch(said("new"));
    await arrived();
    expect(frames).toEqual([{ kind: "event", event: said("new") }]);
  });

  test("still gets the answers to its calls", async () => {
    const { call, next } = await unseen({ list: async () => [] });
    call("list", {});
    expect(await next()).toEqual({ kind: "result", id: 1, value: [] });
  });
});
