import { describe, expect, test } from "vitest";
import type { Team } from "./commands.ts";
import { createIdleWorld, createWorld, settled } from "./test-kit.ts";

const spoken = { messages: [], from: 0, to: 0, total: 3 };

async function createEndedWorld() {
  const world = await createIdleWorld();
  world.desk.page = spoken;
  await world.team.close({ worker: "w" }, "person");
  world.desk.draft = null; // nothing to be seen of the next Claude yet
  return world;
}

describe("a name", () => {
  test("is the same however its accents are written", async () => {
    const { team } = await createIdleWorld();
    await team.rename({ worker: "w", name: "anai\u0308s" }, "person");
    const { worker } = await team.status({ worker: " ana\u00efs " }, "manager");
    expect(worker.name).toBe("ana\u00efs");
    const second = team.spawn({ cwd: "/p", name: "anai\u0308s" }, "manager");
    await expect(second).rejects.toMatchObject({ code: "NAME_TAKEN" });
  });

  test("is changed also where the terminal cannot be told, or has ended", async () => {
    const { team, desk, facts } = await createIdleWorld();
    desk.reach("iTerm2 does not answer");
    expect(await team.rename({ worker: "w", name: "v" }, "person")).toMatchObject({ name: "v" });
    desk.reach(null);
    await team.close({ worker: "v" }, "person");
    desk.reach("its pane was closed");
    expect(await team.rename({ worker: "v", name: "u" }, "person")).toMatchObject({ name: "u" });
    expect(facts.flatMap((fact) => (fact.type === "worker.renamed" ? fact.name : []))).toEqual(["v", "u"]);
  });

  test.each([
    ["spawned", (team: Team) => team.spawn({ cwd: "/p", name: "twin" }, "manager")],
    ["forked", (team: Team) => team.fork({ worker: "w", name: "twin" }, "person")],
  ])("is one worker's, also when another is %s while its terminal opens", async (_, make) => {
    const { team, desk, store } = await createIdleWorld();
    desk.page = spoken;
    desk.opening = new Promise(() => {});
    void make(team);
    await settled();
    const second = team.spawn({ cwd: "/p", name: "twin" }, "manager");
    await expect(second).rejects.toMatchObject({ code: "NAME_TAKEN" });
    expect(store.state.workers.size).toBe(1);
  });

  test.each(["a\nb", "a\x1b[31mb", "a\u202eb"])("has no characters that steer a terminal: %j", async (name) => {
    const { team } = createWorld();
    const spawned = team.spawn({ cwd: "/p", name }, "manager");
    await expect(spawned).rejects.toMatchObject({ code: "INPUT_INVALID", message: expect.stringContaining("name") });
  });
});

describe("resuming", () => {
  test("makes an ended worker a running one again, under its id, name and receipts, and writes that down", async () => {
    const { team, desk, store, facts } = await createEndedWorld();
    const before = [...store.state.workers.values()][0];
    expect(before?.phase).toEqual({ is: "gone", reason: "closed by the person" });
    const resumed = team.resume({ worker: "w" }, "person");
    await settled();
    expect(store.state.workers.get(before!.id)?.phase.is).toBe("starting");
    desk.live("idle");
    expect(await resumed).toMatchObject({ id: before?.id, name: "w", conversation: "c-1", phase: { is: "idle" } });
    expect(desk.orders.at(-1)).toMatchObject({ worker: before?.id, conversation: "c-1", from: "c-1", prompt: null });
    expect(facts).toContainEqual(expect.objectContaining({ type: "worker.resumed", id: before?.id }));
    expect(store.state.workers.size).toBe(1);
  });

  test("is refused for a worker that lives, one that never spoke, and a conversation that somebody has open", async () => {
    const lively = await createIdleWorld();
    await expect(lively.team.resume({ worker: "w" }, "person")).rejects.toMatchObject({ code: "WORKER_LIVE" });
    const ended = await createEndedWorld();
    ended.desk.openElsewhere = 4711;
    await expect(ended.team.resume({ worker: "w" }, "person")).rejects.toMatchObject({
      code: "CONVERSATION_OPEN",
      message: expect.stringContaining("4711"),
    });
    ended.desk.page = { ...spoken, total: 0 };
    const refused = ended.team.resume({ worker: "w" }, "person");
    await expect(refused).rejects.toMatchObject({ code: "CONVERSATION_UNKNOWN" });
  });

  test("twice at once opens one terminal", async () => {
    const { team, desk } = await createEndedWorld();
    const both = Promise.allSettled([1, 2].map(() => team.resume({ worker: "w" }, "person")));
    await settled();
    desk.live("idle");
    const results = await both;
    expect(results.map((r) => r.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(desk.orders).toHaveLength(2); // the spawn, and one
  });

  test("of one that is dismissed meanwhile leaves no terminal behind", async () => {
    const { team, desk, store } = await createEndedWorld();
    let open = () => {};
    desk.opening = new Promise<void>((resolve) => {
      open = resolve;
    });
    desk.closed = false;
    const resumed = expect(team.resume({ worker: "w" }, "person")).rejects.toMatchObject({ code: "WORKER_GONE" });
    await settled();
    await team.dismiss({ worker: "w" }, "person");
    open();
    await resumed;
    expect([desk.closed, store.state.workers.size]).toEqual([true, 0]);
  });

  test("that Claude refuses leaves the worker ended, with the reason, and it can be tried again", async () => {
    const { team, desk, store } = await createEndedWorld();
    const failed = expect(team.resume({ worker: "w" }, "person")).rejects.toMatchObject({ code: "CLAUDE_EXITED" });
    await settled();
    await desk.terminal.close();
    await failed;
    expect([...store.state.workers.values()][0]?.phase.is).toBe("gone");
    const again = team.resume({ worker: "w" }, "person");
    await settled();
    desk.live("idle");
    await expect(again).resolves.toMatchObject({ phase: { is: "idle" } });
  });
});

test("the files of a worker that ended are let go, once its last lines can have come", async () => {
  const { desk, pass } = await createEndedWorld();
  await pass(9_999);
  expect(desk.finished).toBe(false);
  await pass(1);
  expect(desk.finished).toBe(true);
});

test("a Claude that ends before it is ready is told with its last words", async () => {
  const { team, desk } = createWorld();
  desk.draft = null;
  const rows = Array.from({ length: 40 }, (_, i) => `row ${i + 1}`).join("\n");
  const spawned = expect(team.spawn({ cwd: "/p" }, "person")).rejects.toMatchObject({
    code: "CLAUDE_EXITED",
    message: expect.stringMatching(/ready: exited with 1\. Its last words:\nrow 30\n(.*\n)+Failed to connect\.$/),
  });
  await settled();
  const exited = { code: 1, reason: "exited with 1", lastWords: `${rows}\nFailed to connect.\n\n` };
  desk.tell({ signal: "process", at: 1, exited });
  await spawned;
});

describe("forking", () => {
  test("opens a new worker that goes on from this one's conversation, in the same directory", async () => {
    const { team, desk, store } = await createIdleWorld();
    desk.page = spoken;
    desk.conversation = "c-2";
    const forked = team.fork({ worker: "w", name: "copy" }, "person");
    await settled();
    desk.live("idle");
    expect(await forked).toMatchObject({ name: "copy", cwd: "/p", conversation: "c-2" });
    expect(desk.orders.at(-1)).toMatchObject({ from: "c-1", conversation: "c-2" });
    expect(store.state.workers.size).toBe(2);
  });
});

test("a terminal beside that of an ended worker is refused, and leaves nothing behind", async () => {
  const { team, desk, store } = await createEndedWorld();
  const opened = desk.orders.length;
  const spawned = team.spawn({ cwd: "/p", place: { at: "right", of: "w" } }, "manager");
  await expect(spawned).rejects.toMatchObject({ code: "WORKER_GONE" });
  expect([desk.orders.length - opened, store.state.workers.size]).toEqual([0, 1]);
});

describe("the most workers at once", () => {
  test("is kept to, however many are spawned at the same moment, and a failed one gives its place back", async () => {
    const { team, premises, store, desk } = createWorld();
    await premises.configure(() => ({ maxWorkers: 2 }));
    desk.opening = new Promise(() => {});
    const spawns = [1, 2, 3, 4].map(() => team.spawn({ cwd: "/p" }, "manager"));
    const refused = await Promise.allSettled(spawns.slice(2));
    expect(refused.map((r) => r.status === "rejected" && r.reason.code)).toEqual(["NOT_ALLOWED", "NOT_ALLOWED"]);
    expect(store.state.workers.size).toBe(0);

    const other = createWorld();
    await other.premises.configure(() => ({ maxWorkers: 1 }));
    other.desk.opening = Promise.reject(new Error("no terminal"));
    await expect(other.team.spawn({ cwd: "/p" }, "manager")).rejects.toThrow("no terminal");
    other.desk.opening = Promise.resolve();
    const spawned = other.team.spawn({ cwd: "/p" }, "manager");
    await settled();
    other.desk.live("idle");
    await expect(spawned).resolves.toMatchObject({ phase: { is: "idle" } });
  });
});

describe("what closing would lose", () => {
  test("is told by git, the mailbox, the screen and the phase", async () => {
    const { team, desk, premises } = await createIdleWorld();
    desk.page = spoken;
    premises.changed = { count: 2, files: ["a.ts", "b.ts"] };
    desk.live("busy");
    await team.send({ worker: "w", text: "later" }, "person");
    desk.draft = "half a thought";
    expect(await team.closing({ worker: "w" }, "person")).toEqual({
      phase: "working",
      requests: 0,
      queued: ["later"],
      draft: "half a thought",
      changes: { count: 2, files: ["a.ts", "b.ts"] },
      resumable: true,
    });
  });
});

describe("focus", () => {
  test("brings the terminal to the person, and says so where there is none to bring", async () => {
    const { team, desk } = await createIdleWorld();
    await expect(team.focus({ worker: "w" }, "person")).rejects.toMatchObject({ code: "TERMINAL_HIDDEN" });
    let focused = 0;
    Object.assign(desk.terminal, { focus: async () => void focused++ });
    await team.focus({ worker: "w" }, "person");
    expect(focused).toBe(1);
  });
});

describe("looking", () => {
  test("is written down once for what is new, and is where the next digest begins", async () => {
    const { team, store, facts, pass } = await createIdleWorld();
    await pass(1000);
    await team.look({ worker: "w" }, "person");
    await pass(1000);
    await team.look({ worker: "w" }, "person");
    expect(facts.filter((fact) => fact.type === "worker.looked")).toHaveLength(1);
    const { lookedAt } = [...store.state.workers.values()][0]!;
    expect(await team.digest({ worker: "w" }, "person")).toMatchObject({ since: lookedAt, heard: 0 });
  });
});
