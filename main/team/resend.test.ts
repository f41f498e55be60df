import { describe, expect, test } from "vitest";
import type { Receipt } from "../../contract/receipt.ts";
import { workerId } from "../../contract/worker.ts";
import type { RememberedWorker } from "../journal/fold.ts";
import { recover } from "./recover.ts";
import { createIdleWorld, createWorld, settled } from "./test-kit.ts";

const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;
const paste = "\x1b[200~run it\x1b[201~";

/** A worker whose input box took a message that nothing confirmed. `left`: what stands in the box since. */
async function unconfirmed(left = "") {
  const world = await createIdleWorld();
  const { team, desk, pass, store, clock } = world;
  const { id } = await team.send({ worker: "w", text: "run it" }, "manager");
  await pass(60_000);
  desk.typed.length = 0;
  desk.draw(left);
  desk.onKeys = (keys) => keys.startsWith("\x15") && desk.draw("");
  const receipts = () => [...store.state.workers.values()][0]?.receipts ?? [];
  const states = () => Object.fromEntries(receipts().map((r) => [r.id, r.state]));
  const recorded = { signal: "transcript", event: "prompted", text: "run it", prompt: "p", absorbed: false } as const;
  const again = () => team.resend({ worker: "w", message: id }, "person");
  expect(states()).toEqual({ [id]: "unconfirmed" });
  const proveByHook = () =>
    desk.tell({ ...hook, at: clock.now(), event: "UserPromptSubmit", text: "run it", prompt: "p" });
  const record = () => desk.told({ ...recorded, at: clock.now() });
  return { ...world, id, receipts, states, again, proveByHook, record };
}

describe("a message that nothing confirmed, sent again", () => {
  test("is cleared from the box, typed once, and has a receipt that names the first", async () => {
    const { again, desk, pass, receipts, id } = await unconfirmed("run it");
    const { sent, receipt } = await again();
    await pass(100);
    expect([sent, receipt.repeats, receipt.by]).toEqual([true, id, "person"]);
    expect(desk.typed.slice(0, 2)).toEqual(["\x15\x15", paste]);
    expect(receipts().find((r) => r.id === receipt.id)?.repeats).toBe(id);
  });

  test("takes the proof of what Claude takes from now on", async () => {
    const { again, desk, pass, states, id, proveByHook, record } = await unconfirmed();
    const { receipt } = await again();
    desk.onKeys = (keys) => {
      if (keys === "\r") proveByHook();
    };
    await pass(2000);
    record();
    expect(states()).toEqual({ [id]: "unconfirmed", [receipt.id]: "submitted" });
  });

  test("is not typed when the transcript, read to its end, has the first", async () => {
    const { again, desk, id, record } = await unconfirmed("run it");
    desk.unread = record;
    expect(await again()).toMatchObject({ sent: false, receipt: { id, state: "submitted" } });
    expect(desk.typed).toEqual([]);
  });

  test("is not typed when the first is told of while the box is cleared", async () => {
    const { again, desk, id, record } = await unconfirmed("run it");
    desk.onKeys = () => {
      record();
      desk.draw("");
    };
    expect(await again()).toMatchObject({ sent: false, receipt: { id } });
    expect(desk.typed).toEqual(["\x15\x15"]);
  });

  test("is taken back by itself when the first turns out to be submitted before the second is typed", async () => {
    const { again, desk, pass, states, receipts, id, record } = await unconfirmed();
    const { receipt } = await again();
    desk.live("busy");
    await settled();
    record();
    desk.live("idle");
    await pass(3000);
    expect(states()).toEqual({ [id]: "submitted", [receipt.id]: "withdrawn" });
    expect(receipts().at(-1)?.notes).toEqual(["not sent again: the first was submitted after all"]);
    expect(desk.typed).toEqual([]);
  });

  test("is sent once, however often it is asked for at the same time", async () => {
    const { again, receipts } = await unconfirmed();
    const [one, two] = await Promise.all([again(), again()]);
    expect([one.sent, two.sent, two.receipt.id]).toEqual([true, false, one.receipt.id]);
    expect(receipts()).toHaveLength(2);
  });

  test("may be sent again once more when its repeat was taken back", async () => {
    const { again, team, desk, pass } = await unconfirmed();
    const { receipt } = await again();
    desk.live("busy");
    await team.withdraw({ worker: "w", message: receipt.id }, "person");
    desk.live("idle");
    await pass(3000);
    await expect(again()).resolves.toMatchObject({ sent: true });
  });

  test("leaves somebody else's draft alone", async () => {
    const { again, desk } = await unconfirmed("a person types here");
    await expect(again()).rejects.toMatchObject({
      code: "DRAFT_PRESENT",
      facts: { draft: "a person types here" },
    });
    expect([desk.typed, desk.draft]).toEqual([[], "a person types here"]);
  });

  test("waits for no busy worker, and presses nothing while it asks", async () => {
    const { again, desk, pass } = await unconfirmed("run it");
    desk.live("busy");
    await expect(again()).rejects.toMatchObject({ code: "WORKER_BUSY" });
    desk.asking = { text: "May I?", allow: "1", deny: "2" };
    desk.live("waiting");
    await pass(3000);
    await expect(again()).rejects.toMatchObject({ code: "WORKER_ASKING" });
    expect(desk.typed).toEqual([]);
  });

  test("must be one that was not delivered, or not confirmed", async () => {
    const { team, desk } = await unconfirmed();
    desk.live("busy");
    const { id } = await team.send({ worker: "w", text: "later" }, "person");
    const resend = (message: string) => team.resend({ worker: "w", message }, "person");
    await expect(resend(id)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching("accepted"),
    });
    await expect(resend("msg-99")).rejects.toMatchObject({ code: "MESSAGE_UNKNOWN" });
  });

  test.each([
    ["typed", "run it", paste],
    ["accepted", "run it", paste],
    ["undelivered", undefined, "MESSAGE_EMPTY"],
  ] as const)(
    "has its whole text also after a restart when it was %s, if it is kept: %j",
    async (state, text, then) => {
      const { team, deps, desk, pass } = createWorld();
      const receipt: Receipt = { id: "msg-7", text: "run it", at: 1, by: "manager", state, notes: [] };
      const known: RememberedWorker = {
        ...{ id: workerId.parse("worker-1"), name: "w", cwd: "/p", conversation: "c-1", model: null, openedAt: 1 },
        ...{ terminal: { host: "tmux", ref: "tmux:1" }, permissionMode: "manual", lookedAt: null, pid: null },
        ...{ transcripts: ["/t.jsonl"], ended: null, letters: [{ receipt, as: "text", ...(text && { text }) }] },
      };
      await recover({ ...deps, host: { ...deps.host, find: async () => desk.terminal } }, [known]);
      desk.live("idle");
      const again = team.resend({ worker: "w", message: "msg-7" }, "person");
      const refusal = await again.then(
        () => undefined,
        ({ code }) => code,
      );
      await pass(500);
      expect(refusal ?? desk.typed[0]).toBe(then);
    },
  );
});
