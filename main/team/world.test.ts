import { describe, expect, test } from "vitest";
import type { Turn } from "../transcript/transcript.ts";
import { createIdleWorld, createWorld, settled } from "./test-kit.ts";

const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;

const permission = (request: string) =>
  ({
    ...hook,
    event: "PermissionRequest",
    ask: { request, tool: "Bash", input: {}, agent: null, kind: "permission", title: "t", detail: "d" },
  }) as const;

const turnOf = (text: string): Turn => ({
  ...{ prompts: [{ id: null, text, at: 0, absorbed: false }], text: null, messageId: null, at: 0, tools: [] },
  ...{ ended: false, background: 0, problem: null },
});

describe("an interruption", () => {
  test("leaves alone what a person has begun to type in the meantime", async () => {
    const { team, desk, pass } = await createIdleWorld();
    desk.turns = [turnOf("the prompt that ran")];
    desk.live("busy");
    desk.onKeys = () => desk.live("idle");
    const interrupted = team.interrupt({ worker: "w" }, "person");
    await pass(200);
    desk.draw("typed by hand");
    await pass(2000);
    await interrupted;
    expect(desk.typed).toEqual(["\x1b"]);
  });

  test("clears the un-sent prompt before the next message is typed, and never the message", async () => {
    const { team, desk, pass } = await createIdleWorld();
    desk.turns = [turnOf("un-sent")];
    desk.live("busy");
    const receipt = await team.send({ worker: "w", text: "next" }, "manager");
    const paste = "\x1b[200~next\x1b[201~";
    desk.onKeys = (keys) => {
      if (keys === "\x1b") desk.live("idle");
      else if (keys.startsWith("\x15")) desk.draw("");
      else if (keys === "\r") desk.draw("");
      else desk.draw(`${desk.draft}${keys}`);
    };
    const interrupted = team.interrupt({ worker: "w" }, "person");
    await pass(300);
    desk.draw("un-sent");
    await pass(2000);
    await interrupted;
    await pass(2000);
    expect(desk.typed).toEqual(["\x1b", "\x15\x15", paste, "\r"]);
    expect(receipt.state).toBe("accepted");
  });

  test("asked for twice presses Esc once", async () => {
    const { team, desk, pass } = await createIdleWorld();
    desk.live("busy");
    const both = Promise.all([team.interrupt({ worker: "w" }, "person"), team.interrupt({ worker: "w" }, "manager")]);
    await pass(100);
    desk.live("idle");
    await pass(2000);
    await both;
    expect(desk.typed).toEqual(["\x1b"]);
  });
});

describe("an answer", () => {
  test("is given once: whoever comes second presses no key", async () => {
    const { team, desk, pass, clock } = await createIdleWorld();
    desk.live("waiting");
    desk.hooks.add("r-1");
    desk.tell({ ...permission("r-1"), at: clock.now() });
    desk.asking = { text: "Bash", allow: "1", deny: "\x1b" };
    await pass(1000);
    const first = team.answer({ worker: "w", answer: { decision: "allow" } }, "person");
    const second = team.answer({ worker: "w", answer: { decision: "deny" } }, "person");
    await expect(second).rejects.toMatchObject({ code: "REQUEST_GONE" });
    desk.live("busy");
    await expect(first).resolves.toMatchObject({ outcome: "answered", via: "hook" });
    expect(desk.typed).toEqual([]);
  });

  test("by key is pressed once, however many decide at the same time", async () => {
    const { team, desk, pass, clock } = await createIdleWorld();
    desk.live("waiting");
    desk.tell({ ...permission("r-1"), at: clock.now() });
    desk.tell({ ...hook, event: "PermissionRequest.ended", request: "r-1", at: clock.now() });
    desk.asking = { text: "Bash", allow: "1", deny: "\x1b" };
    await pass(1000);
    const answers = [1, 2].map(() => team.answer({ worker: "w", answer: { decision: "allow" } }, "person"));
    const results = Promise.allSettled(answers);
    await settled();
    desk.live("busy");
    expect((await results).map((r) => r.status)).toEqual(["fulfilled", "rejected"]);
    expect(desk.typed).toEqual(["1"]);
  });

  test("that Claude does not take through its hook can be given by key afterwards", async () => {
    const { team, desk, pass, clock } = await createIdleWorld();
    desk.live("waiting");
    desk.hooks.add("r-1");
    desk.tell({ ...permission("r-1"), at: clock.now() });
    desk.asking = { text: "Bash", allow: "1", deny: "\x1b" };
    const ignored = team.answer({ worker: "w", answer: { decision: "allow" } }, "person");
    const failure = expect(ignored).rejects.toMatchObject({ code: "ANSWER_IN_TERMINAL" });
    await pass(6000);
    await failure;
    desk.onKeys = () => desk.live("busy");
    const again = await team.answer({ worker: "w", answer: { decision: "allow" } }, "person");
    expect([again.via, desk.typed]).toEqual(["key", ["1"]]);
  });
});

describe("a manager", () => {
  test("may not run a shell line or widen what a worker may do, by the whole name or its beginning", async () => {
    const { team, desk, pass } = await createIdleWorld();
    for (const text of ["!rm x", "/add-dir /", "/permissions", "/perm"]) {
      const sent = team.send({ worker: "w", text, as: "command" }, "manager");
      await expect(sent).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    }
    await team.send({ worker: "w", text: "/compact", as: "command" }, "manager");
    await pass(1500);
    expect(desk.typed).toEqual(["/compact", "\r"]);
  });

  test("has no worker read what stands elsewhere, by a mention that nobody is asked about; a person may", async () => {
    const { team, desk, pass } = await createIdleWorld();
    const text = "look at @a.ts and @\u200b/etc/passwd";
    const { notes } = await team.send({ worker: "w", text }, "manager");
    await pass(1500);
    expect(desk.typed.join("")).toContain("look at @a.ts and @ /etc/passwd");
    expect(notes).toEqual(["removed 1 invisible character", "put a space after 1 @ that leads out of the project"]);
    const own = await team.send({ worker: "w", text: "@/etc/passwd" }, "person");
    expect(own.text).toBe("@/etc/passwd");
    void team.spawn({ cwd: "/p", prompt: "read @~/.netrc" }, "manager");
    await pass(1);
    expect(desk.orders.at(-1)?.prompt).toBe("read @ ~/.netrc");
  });

  test("is told when its answer cannot be proposed, instead of waiting for a click that never comes", async () => {
    const { team, desk, pass, clock } = await createIdleWorld();
    desk.told({ event: "tool.called", signal: "transcript", id: "t", tool: "Bash", input: {}, at: clock.now() });
    desk.tell({
      ...{ signal: "live", at: clock.now(), status: "waiting", waitingFor: "permission prompt" },
      ...{ conversation: "c-1", pid: 1, name: null, version: null },
    });
    await pass(2000);
    const proposed = team.answer({ worker: "w", answer: { decision: "allow" } }, "manager");
    await expect(proposed).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });
});

test("the words of an earlier Stop are not the answer of a later turn", async () => {
  const { team, desk, pass, clock } = await createIdleWorld();
  desk.tell({ ...hook, event: "Stop", lastText: "old", background: 0, prompt: null, at: clock.now() });
  await pass(1000);
  const rest = { text: null, messageId: null, tools: [], ended: true, background: 0, problem: null };
  desk.turns = [{ ...rest, prompts: [], at: clock.now() }];
  await expect(team.reply({ worker: "w" }, "manager")).resolves.toMatchObject({ outcome: "answered", text: null });
});

describe("a spawn", () => {
  test("that cannot be written down leaves no worker and no process behind", async () => {
    const { team, desk, disk, store } = createWorld();
    disk.fails = true;
    await expect(team.spawn({ cwd: "/p" }, "person")).rejects.toThrow("the disk is full");
    expect([store.state.workers.size, desk.closed]).toEqual([0, true]);
  });

  test("keeps its name from others that are opened at the same time, and lets go of it when it fails", async () => {
    const { team, desk, disk } = createWorld();
    disk.fails = true;
    const two = await Promise.allSettled([1, 2].map(() => team.spawn({ cwd: "/p", name: "w" }, "person")));
    expect(two.map((r) => r.status === "rejected" && r.reason.code)).toEqual([undefined, "NAME_TAKEN"]);
    disk.fails = false;
    const again = team.spawn({ cwd: "/p", name: "w" }, "person");
    await settled();
    desk.live("idle");
    await expect(again).resolves.toMatchObject({ name: "w" });
    await expect(team.rename({ worker: "w", name: "w" }, "person")).resolves.toMatchObject({ name: "w" });
  });

  test("keeps every message behind its first task", async () => {
    const { team, desk, pass, clock } = createWorld();
    const spawned = team.spawn({ cwd: "/p", name: "w", prompt: "first" }, "manager");
    await settled();
    desk.live("idle");
    await team.send({ worker: "w", text: "second" }, "person");
    await pass(2000);
    expect(desk.typed).toEqual([]);
    desk.tell({ ...hook, event: "UserPromptSubmit", text: "first", prompt: "p", at: clock.now() });
    desk.live("busy");
    await spawned;
    desk.tell({ ...hook, event: "Stop", lastText: "done", background: 0, prompt: "p", at: clock.now() });
    desk.live("idle");
    await pass(1500);
    expect(desk.typed[0]).toContain("second");
  });

  test("whose first task is never proven says so, and takes other messages", async () => {
    const { team, desk, pass } = createWorld();
    const spawned = team.spawn({ cwd: "/p", name: "w", prompt: "first" }, "manager");
    await settled();
    desk.live("idle");
    await pass(31_000);
    const { receipts } = await spawned.then(() => team.status({ worker: "w" }, "person")).then((s) => s.worker);
    expect(receipts.map((r) => r.state)).toEqual(["unconfirmed"]);
  });
});

test("a message after a failed interruption is typed, the failed one says why", async () => {
  const { team, desk, pass } = await createIdleWorld();
  desk.live("busy");
  await team.send({ worker: "w", text: "stop", whenBusy: "interrupt" }, "manager");
  await team.send({ worker: "w", text: "later" }, "manager");
  await pass(11_000);
  desk.live("idle");
  await pass(3000);
  const { worker } = await team.status({ worker: "w" }, "person");
  expect(worker.receipts[0]).toMatchObject({ state: "undelivered" });
  expect(desk.typed).toEqual(["\x1b", "\x1b[200~later\x1b[201~", "\r"]);
});

test("the end of a conversation that is told late does not lead back to it", async () => {
  const { desk, store, clock } = await createIdleWorld();
  const started = { signal: "hook", conversation: "c-2", transcript: "/c-2.jsonl" } as const;
  desk.tell({ ...started, event: "SessionStart", source: "clear", at: clock.now() });
  desk.tell({ ...hook, transcript: "/c-1.jsonl", event: "SessionEnd", reason: "clear", at: clock.now() });
  expect([...store.state.workers.values()][0]?.conversation).toBe("c-2");
});

describe("a message on its way", () => {
  const receiptOf = async (team: Awaited<ReturnType<typeof createIdleWorld>>["team"], id: string) =>
    (await team.status({ worker: "w" }, "person")).worker.receipts.find((r) => r.id === id);

  test("says what is in its way, once, and is typed when that is gone", async () => {
    const { team, desk, pass } = await createIdleWorld();
    desk.live("busy");
    const { id } = await team.send({ worker: "w", text: "next" }, "manager");
    desk.draw("half a thought");
    desk.live("idle");
    await pass(5000);
    expect(await receiptOf(team, id)).toMatchObject({
      state: "accepted",
      notes: ["waits: somebody's draft stands in the input box"],
    });
    desk.draw("");
    await pass(2000);
    expect(desk.typed[0]).toContain("next");
  });

  test("without a proof does not press Enter on a draft that is somebody else's", async () => {
    const { team, desk, pass } = await createIdleWorld();
    const { id } = await team.send({ worker: "w", text: "mine" }, "manager");
    desk.onKeys = (keys) => desk.draw(keys === "\r" ? "" : "mine");
    await pass(1500);
    desk.draw("a person types here");
    await pass(15_000);
    expect(desk.typed.filter((keys) => keys === "\r")).toHaveLength(1);
    expect((await receiptOf(team, id))?.state).toBe("unconfirmed");
  });

  test("that was taken out of Claude's queue again does not keep its worker unsettled for ever", async () => {
    const { team, desk, pass, clock } = await createIdleWorld();
    desk.live("busy");
    const { id } = await team.send({ worker: "w", text: "queued", whenBusy: "queue" }, "manager");
    await pass(3000);
    desk.tell({ ...hook, at: clock.now(), event: "UserPromptSubmit", text: "queued", prompt: "p" });
    await pass(100);
    expect((await receiptOf(team, id))?.state).toBe("submitted");
    desk.live("idle");
    await pass(15_000);
    expect((await receiptOf(team, id))?.state).toBe("unconfirmed");
    expect((await team.wait({ workers: ["w"] }, "manager")).settled).toHaveLength(1);
  });
});
