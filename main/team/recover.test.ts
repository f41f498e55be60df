import { expect, test } from "vitest";
import { workerId } from "../../contract/worker.ts";
import type { RememberedWorker } from "../journal/fold.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { recover } from "./recover.ts";
import { createWorld } from "./test-kit.ts";

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
