import { describe, expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import { workerId } from "../../contract/worker.ts";
import type { RememberedWorker } from "../journal/fold.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Turn } from "../transcript/transcript.ts";
import { recover } from "./recover.ts";
import { createWorld, settled } from "./test-kit.ts";

const known: RememberedWorker = {
  ...{ id: workerId.parse("worker-1"), name: "ana", cwd: "/p", conversation: "c-1", model: null, openedAt: 1 },
  ...{ terminal: { host: "tmux", ref: "tmux:1" }, permissionMode: "manual", lookedAt: null, pid: 77 },
  ...{ transcripts: ["/t.jsonl"], ended: null, letters: [] },
};

/** The team after a restart; `found` is what the hosts say of the terminal. */
async function restarted(found: (terminal: Terminal) => Promise<Terminal | undefined>, change: object = {}) {
  const world = createWorld();
  const { deps, desk, store } = world;
  const host = { ...deps.host, find: () => found(desk.terminal) };
  await recover({ ...deps, host }, [{ ...known, ...change }]);
  return { ...world, worker: () => store.state.workers.get(known.id) };
}

test("a worker whose terminal is found is attended again, under its id and name", async () => {
  const { worker, desk, facts } = await restarted(async (terminal) => terminal);
  desk.live("idle");
  expect(worker()).toMatchObject({ name: "ana", phase: { is: "idle" } });
  expect(facts.filter((fact) => fact.type === "worker.gone")).toEqual([]);
});

test("one whose terminal is gone has ended, and says how to go on", async () => {
  const { worker, facts } = await restarted(async () => undefined);
  expect(worker()?.phase).toMatchObject({ is: "gone", reason: expect.stringContaining("claude --resume c-1") });
  expect(facts).toMatchObject([{ type: "worker.gone", id: "worker-1" }]);
});

test("one that had ended before stays so, and is not looked for", async () => {
  const ended = { reason: "closed by a person", at: 5, closed: true };
  const { worker } = await restarted(() => Promise.reject(new Error("looked for")), { ended });
  expect(worker()?.phase).toEqual({ is: "gone", reason: "closed by a person" });
});

test.each([
  ["as long as Claude lives, it goes on", true, "working"],
  ["when Claude does not live either, as after a reboot, it has ended", false, "gone"],
])("while its terminal's host is away: %s", async (_, lives, phase) => {
  const world = createWorld();
  world.desk.lives = lives;
  world.desk.reach("iTerm2 is not running");
  const host = { ...world.deps.host, find: async () => world.desk.terminal };
  await recover({ ...world.deps, host }, [known]);
  world.desk.live("busy");
  expect(world.store.state.workers.get(known.id)?.phase.is).toBe(phase);
});

test("a message is not answered by an input box that was seen before the transcript was read", async () => {
  const prompt = { text: "go", at: 2 };
  const receipt = { id: "msg-1", text: "go", at: 1, by: "person", state: "submitted", notes: [] };
  const world = createWorld();
  const { desk, deps, store, pass } = world;
  desk.turns = [
    {
      ...{ prompts: [{ id: null, text: "go", at: 2, absorbed: false }], text: null, messageId: null, at: 2, tools: [] },
      ...{ ended: false, background: 0, problem: null },
    },
  ];
  desk.unread = () => {
    desk.unread = () => {};
    desk.told({ signal: "transcript", event: "prompted", prompt: null, text: "go", absorbed: false, at: 2 });
  };
  const letters = [{ receipt, text: "go", as: "text", whenBusy: "hold", prompt }] as RememberedWorker["letters"];
  await recover({ ...deps, host: { ...deps.host, find: async () => desk.terminal } }, [{ ...known, letters }]);
  desk.tell({ ...{ signal: "screen", at: 3, dialog: null, asking: null, retrying: null }, box: true });
  await pass(100);
  const worker = store.state.workers.get(known.id);
  expect([worker?.phase.is, worker?.receipts[0]?.state]).toEqual(["working", "submitted"]);
});

const turn = (more: Partial<Turn>): Turn => ({
  ...{ prompts: [{ id: "p", text: "go", at: 2, absorbed: false }], text: "let me", messageId: "m", at: 2, tools: [] },
  ...{ ended: false, background: 0, problem: null, ...more },
});
const later = [{ id: "q", text: "by hand", at: 9, absorbed: false }];
const limited = { is: "rate_limited", text: "429", at: 3 } as const;

/** After a restart: a worker whose terminal ended with us, with one message that stood so, and what its transcript tells. */
async function bygone(state: Receipt["state"], prompt: { text: string; at: number } | undefined, turns: Turn[]) {
  const world = createWorld();
  const { deps, desk, store, facts } = world;
  const receipt: Receipt = { id: "msg-7", text: "go", at: 1, by: "person", state, notes: [] };
  const letters = [{ receipt, text: "go", as: "text", whenBusy: "hold", ...(prompt && { prompt }) }] as const;
  desk.unread = () => {
    desk.turns = turns;
  };
  desk.page = { messages: [], from: 0, to: 0, total: 2 };
  await recover(deps, [{ ...known, letters }]);
  const worker = () => store.state.workers.get(known.id);
  const written = () => facts.findLast((fact) => fact.type === "receipt.moved")?.receipt;
  return { ...world, worker, written };
}

const unseen = "it was under way when claude-team stopped; what came of it stands in the conversation";
const prompt = { text: "go", at: 2 };
const cutOff = { state: "answered", brokenOff: true } as const;

describe("a message to a worker whose terminal is gone has an end, which is written down:", () => {
  test.each<[string, Receipt["state"], typeof prompt | undefined, Turn[], Partial<Receipt>]>([
    [
      "amid its turn",
      "submitted",
      prompt,
      [turn({})],
      { ...cutOff, notes: ["its turn ended early: the worker ended"] },
    ],
    ["answered meanwhile", "submitted", prompt, [turn({ ended: true })], { state: "answered", notes: [] }],
    [
      "failed meanwhile",
      "submitted",
      prompt,
      [turn({ ended: true, problem: limited })],
      { ...cutOff, notes: ["its turn ended early: 429"] },
    ],
    ["never proven, but recorded", "typed", undefined, [turn({ ended: true })], { state: "answered", notes: [] }],
    [
      "followed by another turn",
      "submitted",
      prompt,
      [turn({ prompts: later })],
      { state: "answered", notes: [unseen] },
    ],
    [
      "in a transcript that cannot be found",
      "submitted",
      prompt,
      [],
      { ...cutOff, notes: ["the worker ended, and its answer was not found"] },
    ],
    [
      "proven, but never recorded",
      "submitted",
      undefined,
      [],
      { state: "unconfirmed", notes: ["Claude took it, but ended before it was written down"] },
    ],
    [
      "never proven",
      "typed",
      undefined,
      [],
      { state: "unconfirmed", notes: ["claude-team stopped before it was confirmed"] },
    ],
    [
      "never typed",
      "accepted",
      undefined,
      [],
      { state: "undelivered", notes: ["claude-team stopped before it was typed"] },
    ],
  ])("%s", async (_, state, prompt, turns, end) => {
    const { worker, written, desk } = await bygone(state, prompt, turns);
    expect(worker()?.receipts).toMatchObject([end]);
    expect(written()).toMatchObject(end);
    expect(desk.typed).toEqual([]);
  });

  test("and nobody waits for it once the worker was resumed", async () => {
    const { team, desk } = await bygone("submitted", prompt, [turn({})]);
    const resumed = team.resume({ worker: "ana" }, "person");
    await settled();
    desk.live("idle");
    await resumed;
    expect(await team.wait({ workers: ["ana"] }, "manager")).toMatchObject({ settled: [{ name: "ana" }] });
    expect(desk.typed).toEqual([]);
  });

  test("what nothing confirmed can be sent again once the worker was resumed", async () => {
    const { team, desk, pass } = await bygone("typed", undefined, []);
    const resumed = team.resume({ worker: "ana" }, "person");
    await settled();
    desk.live("idle");
    await resumed;
    expect(await team.resend({ worker: "ana", message: "msg-7" }, "person")).toMatchObject({
      sent: true,
      receipt: { repeats: "msg-7" },
    });
    await pass(500);
    expect(desk.typed[0]).toBe("\x1b[200~go\x1b[201~");
  });

  test("its reply says so, before the worker is resumed and ever after", async () => {
    const { team, desk, clock } = await bygone("submitted", prompt, [turn({})]);
    const reply = () => team.reply({ worker: "ana", message: "msg-7" }, "manager");
    const brokenOff = { outcome: "gone", text: "let me" };
    expect(await reply()).toMatchObject(brokenOff);
    const resumed = team.resume({ worker: "ana" }, "person");
    await settled();
    desk.live("idle");
    await resumed;
    expect(await reply()).toMatchObject(brokenOff);
    desk.turns = [turn({ ended: true }), turn({ prompts: later, at: clock.now(), ended: true })];
    expect(await reply()).toMatchObject(brokenOff);
  });

  test("nor does the reply call answered what was not found", async () => {
    const { team } = await bygone("submitted", prompt, []);
    const reply = await team.reply({ worker: "ana", message: "msg-7" }, "manager");
    expect(reply).toMatchObject({ outcome: "gone", text: null });
  });
});

test("a message whose turn was over and followed by another before its worker was found again keeps nobody waiting", async () => {
  const receipt: Receipt = { id: "msg-7", text: "go", at: 1, by: "manager", state: "submitted", notes: [] };
  const letters = [{ receipt, text: "go", as: "text" as const, prompt }];
  const { desk, pass, team, worker } = await restarted(async (terminal) => terminal, { letters });
  desk.turns = [turn({ prompts: later, ended: true })];
  desk.live("idle");
  const waiting = team.wait({ workers: ["ana"] }, "manager");
  await pass(15_000);
  expect(await waiting).toMatchObject({ settled: [{ name: "ana" }] });
  expect(worker()?.receipts).toMatchObject([{ state: "answered", notes: [unseen] }]);
});
