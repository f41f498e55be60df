import { describe, expect, test } from "vitest";
import type { Printed } from "../../contract/observation.ts";
import type { Problem } from "../../contract/worker.ts";
import type { Turn } from "../transcript/transcript.ts";
import { createIdleWorld } from "./test-kit.ts";

const tooLong: Problem = { is: "api_error", text: "Prompt is too long", at: 5 };
const interrupted: Problem = { is: "interrupted", text: "Interrupted.", at: 5 };
const line = { signal: "transcript" } as const;

/** An idle worker whose turns the test plays: `ask` sends a message and ends its turn so, `command` sends one that has no turn. */
async function conversation() {
  const world = await createIdleWorld();
  const { team, desk, clock, pass } = world;

  async function send(text: string, as: "text" | "command") {
    const { id } = await team.send({ worker: "w", text, as }, "manager");
    await pass(500);
    desk.live("busy");
    return id;
  }

  async function rest() {
    desk.live("idle");
    await pass(3000);
  }

  async function ask(text: string, ending: Pick<Turn, "text" | "problem">) {
    const id = await send(text, "text");
    const at = clock.now();
    const prompts = [{ id: text, text, at, absorbed: false }];
    desk.told({ ...line, event: "prompted", prompt: text, text, absorbed: false, at });
    desk.turns = [...desk.turns, { prompts, messageId: "m", at, tools: [], ended: true, background: 0, ...ending }];
    const { problem } = ending;
    desk.told({
      ...line,
      at: at + 1,
      ...(problem ? { event: "failed", problem } : { event: "turn.ended", background: 0 }),
    });
    await rest();
    return id;
  }

  async function command(text: string, printed: Printed | null = null) {
    const id = await send(text, "command");
    desk.told({ ...line, event: "commanded", command: text, printed, at: clock.now() });
    await rest();
    return id;
  }

  const reply = (message?: string) => team.reply({ worker: "w", message, wait: false }, "manager");
  return { ...world, ask, command, reply, send, rest };
}

describe("the reply to a command", () => {
  test.each([
    ["failed", tooLong],
    ["was interrupted", interrupted],
  ])("is its own, after a turn that %s", async (_, problem) => {
    const { ask, command, reply } = await conversation();
    await ask("go", { text: null, problem });
    const id = await command("/compact");
    expect(await reply(id)).toMatchObject({ outcome: "answered", text: null, problem: null });
  });

  test("is what it printed, also after a restart", async () => {
    const { command, reply, facts } = await conversation();
    const id = await command("/context", { text: "4 % full", failed: false });
    expect(await reply(id)).toMatchObject({ outcome: "answered", text: "4 % full", problem: null });
    const outcome = { text: "4 % full", failed: false };
    expect(facts.at(-1)).toMatchObject({ type: "receipt.moved", receipt: { id, state: "answered" }, outcome });
  });

  test("is what it printed a moment later, too", async () => {
    const { command, reply, desk, clock } = await conversation();
    const id = await command("/context");
    expect(await reply(id)).toMatchObject({ outcome: "answered", text: null });
    desk.told({
      ...line,
      event: "printed",
      command: "/context",
      printed: { text: "4 % full", failed: false },
      at: clock.now(),
    });
    expect(await reply(id)).toMatchObject({ outcome: "answered", text: "4 % full" });
  });

  test("says why it was not carried out, and so does its receipt", async () => {
    const { command, reply, store } = await conversation();
    const text = "Error during compaction: 500";
    const id = await command("/compact", { text, failed: true });
    expect(await reply(id)).toMatchObject({ outcome: "failed", text: null, problem: { is: "command_failed", text } });
    expect([...store.state.workers.values()][0]?.receipts).toMatchObject([
      { state: "answered", brokenOff: true, notes: [`it was not carried out: ${text}`] },
    ]);
  });

  test("is the command's that waits for it, not that of one alike which was given up, nor one of before", async () => {
    const { team, desk, pass, reply, clock } = await conversation();
    const printed = { text: "Compacted", failed: false };
    const carriedOut = (at: number) => desk.told({ ...line, event: "commanded", command: "/compact", printed, at });
    const before = clock.now() - 1;
    const lost = await team.send({ worker: "w", text: "/compact", as: "command" }, "manager");
    await pass(60_000);
    carriedOut(before);
    const again = await team.send({ worker: "w", text: "/compact", as: "command" }, "manager");
    await pass(500);
    carriedOut(clock.now());
    expect(await reply(again.id)).toMatchObject({ outcome: "answered", text: "Compacted" });
    expect(await reply(lost.id)).toMatchObject({ outcome: "failed", text: null });
  });

  test("is no matter of anybody else, who is told of the newest turn", async () => {
    const { ask, command, reply, team } = await conversation();
    await ask("go", { text: null, problem: tooLong });
    await command("/clear");
    expect(await reply()).toMatchObject({ outcome: "answered", text: null });
    const others = await team.reply({ worker: "w", wait: false }, "person");
    expect(others).toMatchObject({ outcome: "failed", problem: tooLong });
  });
});

describe("the newest reply", () => {
  test("is never that of before, when the caller's own last message was lost", async () => {
    const { team, ask, reply, pass } = await conversation();
    await ask("one", { text: "done", problem: null });
    await team.send({ worker: "w", text: "two" }, "manager");
    await pass(60_000);
    const note = expect.stringContaining("typed, not confirmed");
    const problem = { is: "unconfirmed", text: note };
    expect(await reply()).toMatchObject({ outcome: "failed", text: null, problem });
    expect(await team.reply({ worker: "w", wait: false }, "person")).toMatchObject({
      outcome: "answered",
      text: "done",
    });
  });

  test("is the running turn's, whatever was lost amid it", async () => {
    const { team, desk, send, rest, clock, pass, reply } = await conversation();
    await send("one", "text");
    const at = clock.now();
    const prompts = [{ id: "one", text: "one", at, absorbed: false }];
    desk.told({ ...line, event: "prompted", prompt: "one", text: "one", absorbed: false, at });
    const turn = { prompts, text: null, messageId: null, at, tools: [], ended: false, background: 0, problem: null };
    desk.turns = [turn];
    await team.send({ worker: "w", text: "and this", whenBusy: "queue" }, "manager");
    await pass(60_000);
    const lost = [...(await team.list({ gone: true }, "manager"))][0]?.receipts.at(-1);
    expect(lost?.state).toBe("unconfirmed");
    expect(await reply()).toMatchObject({ outcome: "pending" });
    desk.turns = [{ ...turn, text: "done", messageId: "m", at: clock.now(), ended: true }];
    desk.told({ ...line, at: clock.now(), event: "turn.ended", background: 0 });
    await rest();
    expect(await reply()).toMatchObject({ outcome: "answered", text: "done" });
  });

  test("is what the caller's own command printed after it", async () => {
    const { ask, command, reply, team } = await conversation();
    await ask("one", { text: "done", problem: null });
    await command("/context", { text: "4 % full", failed: false });
    expect(await reply()).toMatchObject({ outcome: "answered", text: "4 % full" });
    await command("/nope", { text: "Unknown command: /nope", failed: true });
    expect(await reply()).toMatchObject({ outcome: "failed", problem: { is: "command_failed" } });
    expect(await team.reply({ worker: "w", wait: false }, "person")).toMatchObject({ text: "done" });
    await ask("two", { text: "done, too", problem: null });
    expect(await reply()).toMatchObject({ outcome: "answered", text: "done, too" });
  });
});

describe("the reply to a message", () => {
  test("is not that of a later one which failed", async () => {
    const { ask, reply } = await conversation();
    const first = await ask("one", { text: "done", problem: null });
    const second = await ask("two", { text: null, problem: tooLong });
    expect(await reply(first)).toMatchObject({ outcome: "answered", text: "done", problem: null });
    expect(await reply(second)).toMatchObject({ outcome: "failed", problem: tooLong });
  });

  test("tells what a hook said of its turn before its first line was read", async () => {
    const { send, reply, desk, clock, pass } = await conversation();
    const id = await send("one", "text");
    const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;
    const at = clock.now();
    desk.tell({ ...hook, event: "UserPromptSubmit", text: "one", prompt: "one", at });
    await pass(20);
    desk.tell({ ...hook, event: "StopFailure", problem: { ...tooLong, at: clock.now() }, at: clock.now() });
    desk.live("idle");
    const prompts = [{ id: "one", text: "one", at, absorbed: false }];
    const rest = { text: null, messageId: null, tools: [], ended: false, background: 0, problem: null };
    desk.turns = [{ prompts, at, ...rest }];
    desk.told({ ...line, event: "prompted", prompt: "one", text: "one", absorbed: false, at });
    await pass(3000);
    expect(await reply(id)).toMatchObject({ outcome: "failed", problem: { text: tooLong.text } });
  });

  test("tells at once what a hook says of its turn", async () => {
    const { ask, reply, desk, clock, pass } = await conversation();
    const id = await ask("one", { text: null, problem: null });
    const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;
    desk.tell({ ...hook, event: "StopFailure", problem: tooLong, at: clock.now() });
    await pass(1000);
    expect(await reply(id)).toMatchObject({ outcome: "failed", problem: tooLong });
  });
});
