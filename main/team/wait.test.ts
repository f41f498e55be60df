import { describe, expect, test } from "vitest";
import type { Turn } from "../transcript/transcript.ts";
import { createIdleWorld, settled } from "./test-kit.ts";

const turnOf = (text: string, at = 0): Turn => ({
  ...{ prompts: [{ id: null, text, at, absorbed: false }], text: null, messageId: null, at, tools: [] },
  ...{ ended: false, background: 0, problem: null },
});

test("a wait tells the reply that ended it", async () => {
  const { team, desk, pass, clock } = await createIdleWorld();
  const hook = { signal: "hook", conversation: "c-1", transcript: null, prompt: "p-1" } as const;
  desk.tell({ ...hook, event: "UserPromptSubmit", text: "go", at: clock.now() });
  desk.live("busy");
  desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at: clock.now() });
  const waiting = team.wait({ workers: ["w"] }, "manager");
  await pass(1000);
  desk.tell({ ...hook, event: "Stop", lastText: "done", background: 0, at: clock.now() });
  desk.live("idle");
  desk.summary = { ...desk.summary, lastReply: { messageId: "m", text: "done", at: clock.now() } };
  desk.told({ signal: "transcript", event: "turn.ended", background: 0, at: clock.now() });
  expect((await waiting).settled).toMatchObject([{ phase: { is: "idle" }, lastReply: { text: "done" } }]);
});

/** A turn whose last lines stand in the transcript and were not read: the process was held up. `answered`: who waits for it. */
async function heldUp() {
  const world = await createIdleWorld();
  const { team, desk, clock, pass } = world;
  const turn = turnOf("go");
  desk.live("busy");
  desk.turns = [turn];
  desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at: clock.now() });
  const answered = team.reply({ worker: "w" }, "manager");
  await pass(5000);
  desk.unread = () => {
    desk.turns = [{ ...turn, text: "all done", ended: true }];
    desk.told({ signal: "transcript", event: "turn.ended", background: 0, at: clock.now() });
  };
  return { ...world, answered };
}

test("a wait goes on for the others when one that ended is taken off the list", async () => {
  const { team, desk, store } = await createIdleWorld();
  await team.close({ worker: "w" }, "person");
  desk.conversation = "c-2";
  const spawned = team.spawn({ cwd: "/p", name: "v" }, "person");
  await settled();
  desk.live("idle");
  await spawned;
  desk.live("busy");
  const waiting = team.wait({ workers: ["w", "v"] }, "manager");
  await team.dismiss({ worker: "w" }, "person");
  expect(store.state.workers.size).toBe(1);
  await team.close({ worker: "v", force: true }, "person");
  expect(await waiting).toMatchObject({ settled: [{ name: "v" }], waiting: [] });
});

test("a worker is not taken for idle before what stands in its transcript was read", async () => {
  const { desk, pass, answered } = await heldUp();
  desk.live("idle");
  await pass(2000);
  expect(await answered).toMatchObject({ outcome: "answered", text: "all done" });
});

test("nor when its status file is seen so late that no time is left to wait", async () => {
  const { desk, clock, pass, answered } = await heldUp();
  const rest = { waitingFor: null, conversation: "c-1", pid: 1, name: null, version: null };
  desk.tell({ signal: "live", at: clock.now() - 3000, status: "idle", ...rest });
  await pass(2000);
  expect(await answered).toMatchObject({ outcome: "answered", text: "all done" });
});

test("a message whose turn ended early is broken off, which is not answered well", async () => {
  const { team, desk, clock, pass, store } = await createIdleWorld();
  const at = clock.now();
  await team.send({ worker: "w", text: "go" }, "person");
  desk.turns = [{ ...turnOf("go", at), problem: { is: "api_error", text: "500", at }, ended: true }];
  await pass(100);
  desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at });
  desk.told({ signal: "transcript", event: "turn.ended", background: 0, at });
  desk.live("idle");
  await pass(2000);
  const [receipt] = [...store.state.workers.values()][0]?.receipts ?? [];
  expect(receipt).toMatchObject({ state: "answered", brokenOff: true, notes: ["its turn ended early: 500"] });
});

test("without a status file a turn that is told again from the beginning to its end is over at once", async () => {
  const { desk, clock, store } = await createIdleWorld();
  desk.tell({ signal: "live", status: "gone", at: clock.now() });
  const line = { signal: "transcript", at: clock.now() } as const;
  desk.told({ ...line, event: "prompted", prompt: "p-1", text: "go", absorbed: false });
  desk.told({ ...line, event: "turn.ended", background: 0 });
  expect([...store.state.workers.values()][0]?.phase).toEqual({ is: "idle" });
});

/** A message that was typed. */
async function sent() {
  const world = await createIdleWorld();
  const at = world.clock.now();
  await world.team.send({ worker: "w", text: "go" }, "manager");
  await world.pass(100);
  return { ...world, at, receipts: () => [...world.store.state.workers.values()][0]?.receipts };
}

/** A message that Claude took, and a transcript that ends amid its turn. */
async function midTurn() {
  const world = await sent();
  const { desk, at } = world;
  const turn = { ...turnOf("go", at), text: "let me see", messageId: "m" };
  desk.turns = [turn];
  desk.live("busy");
  desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at });
  return { ...world, turn };
}

describe("a worker that ended amid its turn", () => {
  test("has not answered, whoever asks and whenever", async () => {
    const { team, pass, receipts } = await midTurn();
    const waiting = team.reply({ worker: "w" }, "manager");
    await team.close({ worker: "w", force: true }, "person");
    await pass(2000);
    const gone = { outcome: "gone", text: "let me see" };
    expect(await waiting).toMatchObject(gone);
    expect(await team.reply({ worker: "w" }, "manager")).toMatchObject(gone);
    expect(await team.reply({ worker: "w", message: receipts()?.[0]?.id }, "manager")).toMatchObject(gone);
    expect(receipts()).toMatchObject([
      { state: "answered", brokenOff: true, notes: ["its turn ended early: the worker ended"] },
    ]);
  });

  test("has, where it had ended its turn before", async () => {
    const { team, desk, turn, pass, receipts } = await midTurn();
    desk.live("idle");
    desk.turns = [{ ...turn, text: "done" }];
    await pass(2000);
    await team.close({ worker: "w", force: true }, "person");
    await pass(2000);
    expect(await team.reply({ worker: "w" }, "manager")).toMatchObject({ outcome: "answered", text: "done" });
    expect(receipts()).toMatchObject([{ state: "answered", notes: [] }]);
  });
});

describe("a message to a worker that ended soon after", () => {
  test("has an end, though Claude took it and never wrote it down", async () => {
    const { team, desk, pass, clock, receipts } = await sent();
    const hook = { signal: "hook", conversation: "c-1", transcript: null, prompt: "p-1" } as const;
    desk.tell({ ...hook, event: "UserPromptSubmit", text: "go", at: clock.now() });
    await team.close({ worker: "w", force: true }, "person");
    expect(receipts()).toMatchObject([{ state: "submitted" }]);
    await pass(10_000);
    const notes = ["Claude took it, but ended before it was written down"];
    expect(receipts()).toMatchObject([{ state: "unconfirmed", notes }]);
  });

  test("has that end also when it is found while the worker's next terminal opens", async () => {
    const { team, desk, pass, clock, receipts, deps } = await sent();
    const hook = { signal: "hook", conversation: "c-1", transcript: null, prompt: "p-1" } as const;
    desk.tell({ ...hook, event: "UserPromptSubmit", text: "go", at: clock.now() });
    desk.page = { messages: [], from: 0, to: 0, total: 1 };
    await team.close({ worker: "w", force: true }, "person");
    let open = () => {};
    desk.opening = new Promise<void>((resolve) => {
      open = resolve;
    });
    const resumed = team.resume({ worker: "w" }, "person");
    await pass(10_000);
    expect(receipts()).toMatchObject([{ state: "unconfirmed" }]);
    open();
    await settled();
    desk.live("idle");
    const { id } = await resumed;
    expect(deps.roster.letters(id)).toMatchObject([{ receipt: { state: "unconfirmed" } }]);
  });

  test("is known to have been taken when the last lines tell it", async () => {
    const { team, desk, at, pass, receipts } = await sent();
    await team.close({ worker: "w", force: true }, "person");
    expect(receipts()).toMatchObject([{ state: "unconfirmed" }]);
    desk.turns = [turnOf("go", at)];
    desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at });
    await pass(10_000);
    expect(receipts()).toMatchObject([{ state: "answered", brokenOff: true }]);
  });
});

test("a prompt that an interruption took back has no answer", async () => {
  const { team, desk, turn, pass, receipts } = await midTurn();
  desk.turns = [{ ...turn, text: null, messageId: null }];
  desk.live("idle");
  await pass(2000);
  expect(receipts()).toMatchObject([{ state: "withdrawn" }]);
  expect(await team.reply({ worker: "w" }, "manager")).toMatchObject({ outcome: "interrupted", text: null });
});
