import { describe, expect, test } from "vitest";
import { createStore } from "./store.ts";
import { createIdleWorld, createTestClock, createWorld, settled } from "./test-kit.ts";
import { createTimeline, entriesKept } from "./timeline.ts";

type World = ReturnType<typeof createWorld>;

const noScreen = { asking: null, retrying: null, box: false };

const lines = async ({ team }: World) =>
  (await team.activity({}, "person")).entries
    .map(({ by, did, what, outcome }) => [by, did, what, outcome].filter((word) => word !== null).join(" · "))
    .reverse();

function ask({ desk, clock }: World, request: string): void {
  desk.hooks.add(request);
  desk.live("waiting");
  desk.tell({
    ...{ signal: "hook", conversation: "c-1", transcript: null, at: clock.now(), event: "PermissionRequest" },
    ask: {
      ...{ request, tool: "Bash", input: { command: "touch x" }, cwd: "/p", agent: null },
      kind: "permission",
      title: "t",
      detail: "touch\nx",
    },
  });
}

describe("the timeline", () => {
  test("says who spawned, sent, asked, answered, interrupted, renamed and closed", async () => {
    const world = await createIdleWorld();
    const { team, desk, pass } = world;
    await team.send({ worker: "w", text: "do it" }, "manager");
    desk.live("busy");
    ask(world, "r-1");
    const answered = team.answer({ worker: "w", answer: { decision: "deny", reason: "not now" } }, "person");
    desk.live("busy");
    await answered;
    const interrupted = team.interrupt({ worker: "w" }, "person");
    await settled();
    desk.live("idle");
    await pass(2000);
    await interrupted;
    await team.rename({ worker: "w", name: "v" }, "person");
    await team.close({ worker: "v", force: true }, "manager");
    const seen = (await lines(world)).filter((line) => !line.includes("finished") && !line.includes("failed"));
    expect(seen).toEqual([
      "person · spawned · /p",
      "manager · sent · do it",
      "worker · asked · Bash: touch x",
      "person · answered · Bash: touch x · denied: not now",
      "person · interrupted · w",
      "person · renamed · v",
      "manager · closed · v",
    ]);
  });

  test("says that a request was settled when it was not us who answered, and what a manager proposed", async () => {
    const world = await createIdleWorld();
    const { team, desk, pass } = world;
    ask(world, "r-1");
    await team.answer({ worker: "w", answer: { decision: "allow" } }, "manager");
    desk.live("busy");
    await pass(1);
    expect((await lines(world)).slice(1)).toEqual([
      "worker · asked · Bash: touch x",
      "manager · proposed · Bash: touch x · allowed",
      "team · settled · Bash: touch x",
    ]);
  });

  test("begins with the spawn, whatever happens before the worker is ready", async () => {
    const world = createWorld();
    const { team, desk, pass } = world;
    const spawned = team.spawn({ cwd: "/p", name: "w", prompt: "do it" }, "manager");
    await settled();
    desk.tell({ signal: "screen", at: 0, dialog: { dialog: "trust", detail: "trust /p?" }, ...noScreen });
    await pass(100);
    await spawned;
    expect((await lines(world)).slice(0, 3)).toEqual([
      "manager · spawned · /p",
      "manager · sent · do it",
      "worker · asked · trust /p?",
    ]);
  });

  test("a worker that ended before it was ready was taken off the list by nobody", async () => {
    const world = createWorld();
    world.desk.draft = null; // no input box yet
    const spawned = world.team.spawn({ cwd: "/p", name: "w" }, "manager");
    await settled();
    await world.desk.terminal.close();
    await expect(spawned).rejects.toMatchObject({ code: "CLAUDE_EXITED" });
    expect(await lines(world)).toEqual(["manager · spawned · /p", "worker · ended · w · ended"]);
  });

  test("says who took an ended worker off the list, under its name", async () => {
    const world = await createIdleWorld();
    await world.team.close({ worker: "w" }, "person");
    await world.team.dismiss({ worker: "w" }, "person");
    const [last] = (await world.team.activity({}, "person")).entries;
    expect(last).toMatchObject({ by: "person", did: "dismissed", name: "w" });
  });

  test("an open request that a new rule answers was answered, and nothing more", async () => {
    const world = await createIdleWorld();
    const { team, pass } = world;
    ask(world, "r-1");
    await pass(10);
    const rule = { tool: "Bash", cwd: "/p", match: { is: "exact" as const, input: { command: "touch x" } } };
    expect(await team.addRule({ rule }, "person")).toEqual({ answered: 1 });
    await pass(2000);
    expect((await lines(world)).slice(1)).toEqual([
      "worker · asked · Bash: touch x",
      "person · allowed · Bash: exactly touch x, in /p",
      "rule · answered · Bash: touch x · Bash: exactly touch x, in /p",
    ]);
  });

  test("tells the end of a turn with its first words, a failure with its reason, and a death", async () => {
    const world = await createIdleWorld();
    const { desk, pass, clock } = world;
    desk.live("busy");
    desk.summary = { ...desk.summary, lastReply: { messageId: "m", text: "All green.", at: clock.now() } };
    desk.live("idle");
    await pass(2000);
    desk.live("busy");
    const problem = { is: "rate_limited" as const, text: "429", at: clock.now() };
    const hook = { signal: "hook", conversation: "c-1", transcript: null, at: clock.now() } as const;
    desk.tell({ ...hook, event: "StopFailure", problem });
    desk.live("idle");
    await pass(2000);
    await desk.terminal.close();
    expect((await lines(world)).slice(1)).toEqual([
      "worker · finished · All green.",
      "worker · failed · rate_limited · 429",
      "worker · ended · w · ended",
    ]);
  });

  test("tells a failure once, also when the transcript tells it again after a restart of ours", async () => {
    const world = await createIdleWorld();
    const { store, clock } = world;
    const [worker] = [...store.state.workers.values()];
    const problem = { is: "rate_limited" as const, text: "429", at: clock.now() };
    const troubled = (change: typeof problem | null) =>
      store.dispatch({ type: "worker.troubled", id: worker!.id, problem: change });
    for (const change of [problem, null, problem]) troubled(change);
    await world.pass(1000);
    troubled({ ...problem, at: clock.now() });
    const failure = "worker · failed · rate_limited · 429";
    expect((await lines(world)).slice(1)).toEqual([failure, failure]);
  });

  test("says what a person changed in the settings", async () => {
    const world = await createIdleWorld();
    await world.team.configure({ maxWorkers: 3, allowedRoots: ["/p"] }, "person");
    expect((await lines(world)).slice(1)).toEqual([
      'person · configured · allowedRoots · ["/p"]',
      "person · configured · maxWorkers · 3",
    ]);
  });

  test("is read page by page, of all or of one worker, also under its name", async () => {
    const world = await createIdleWorld();
    const { team } = world;
    await team.configure({ maxWorkers: 3 }, "person");
    for (const name of ["a", "b", "c"]) await team.rename({ worker: "worker-1", name }, "person");
    const first = await team.activity({ limit: 2 }, "person");
    expect(first.entries.map((e) => e.what)).toEqual(["c", "b"]);
    expect(first.more).toBe(true);
    const second = await team.activity({ limit: 9, before: first.entries[1]!.seq }, "person");
    expect(second.entries.map((e) => e.what)).toEqual(["a", "maxWorkers", "/p"]);
    expect(second.more).toBe(false);
    for (const worker of ["worker-1", "c"]) {
      const { entries } = await team.activity({ worker }, "person");
      expect(entries.map((e) => e.what)).toEqual(["c", "b", "a", "/p"]);
    }
  });

  test("goes on where it ended, forgets the oldest, and stands in the state's newest", () => {
    const store = createStore();
    const kept: number[] = [];
    const { clock } = createTestClock();
    const known = [{ seq: 41, at: 1, by: "person", did: "renamed", what: "x" } as const].map((e) => ({
      ...{ ...e, worker: null, name: null, ref: null, outcome: null },
    }));
    const timeline = createTimeline({ store, clock, known, keep: ({ seq }) => kept.push(seq) });
    expect(store.state.activity).toEqual(known);
    for (let n = 0; n < entriesKept + 10; n++)
      timeline.note({ by: "person", did: "configured", worker: null, what: "y" });
    expect(kept[0]).toBe(42);
    expect(timeline.page({ limit: 500, before: 60 }).entries.at(-1)?.seq).toBe(52);
    expect(store.state.activity).toHaveLength(50);
  });
});
