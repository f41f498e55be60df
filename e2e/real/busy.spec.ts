import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { type Sent, type Session, sharedTeam } from "./team.ts";

needsClaude("a message for a worker that works", () => {
  const team = sharedTeam();

  test("held (the default): typed only when the turn is over, in order, each with its own answer", async () => {
    const { spawn, send, manager, world } = team();
    await spawn({ session_name: "held", prompt: "[[gate:first]] [[text:one]]" });
    const second = send("held", "second [[text:two]]", { wait_for_response: true });
    await world.api.until((r) => r.prompt?.includes("gate:first") ?? false);
    const third = send("held", "third [[text:three]]", { wait_for_response: true });
    const { receipts } = (await manager.call("get_session_status", { session_id: "held" })) as unknown as Session & {
      receipts?: unknown;
    };
    expect(receipts ?? "").not.toContain("typed");
    expect(world.api.requests.some((r) => r.prompt?.startsWith("second"))).toBe(false);
    world.api.open("first");
    expect(await second).toMatchObject({ response: "two" });
    expect(await third).toMatchObject({ response: "three" });
  });

  test("queued: handed to Claude's own queue while it works, delivered once", async () => {
    const { spawn, send, world, manager } = team();
    await spawn({ session_name: "queued", prompt: "[[gate:long]] [[text:long done]]" });
    await world.api.until((r) => r.prompt?.includes("gate:long") ?? false);
    const sent = await send("queued", "and this [[text:this too]]", { when_busy: "queue" });
    expect(sent.receipt.state).toBe("accepted");
    await expect
      .poll(async () => receiptOf(await status("queued"), sent.receipt.id), { timeout: 20_000 })
      .toBe("submitted");
    world.api.open("long");
    expect(await manager.call("get_response", { session_id: "queued" })).toMatchObject({ last_response: "this too" });
    expect(world.api.requests.filter((r) => r.prompt?.startsWith("and this"))).toHaveLength(1);
  });

  test("interrupting: the turn is stopped first, then the message is the only thing sent", async () => {
    const { spawn, ask, world } = team();
    await spawn({ session_name: "stopped", prompt: "[[text:begun]] [[gate:stopped]] [[text: and never ended]]" });
    await world.api.until((r) => r.prompt?.includes("gate:stopped") ?? false);
    const sent = await ask("stopped", "stop that [[text:stopped it]]", { when_busy: "interrupt" });
    expect(sent).toMatchObject({ response: "stopped it", outcome: "answered" });
    expect(world.api.requests.filter((r) => r.prompt?.startsWith("stop that"))).toHaveLength(1);
  });

  const status = async (worker: string) =>
    (await team().person("status", { worker })) as { worker: { receipts: { id: string; state: string }[] } };
});

const receiptOf = (status: { worker: { receipts: { id: string; state: string }[] } }, id: string) =>
  status.worker.receipts.find((r) => r.id === id)?.state;

needsClaude("interrupting", () => {
  const team = sharedTeam();

  test("Esc while it speaks: idle, and the answer is marked as interrupted", async () => {
    const { spawn, manager, world, status } = team();
    await spawn({ session_name: "esc", prompt: "[[text:begun to speak]] [[gate:never]] [[text: and more]]" });
    await world.api.until((r) => r.prompt?.includes("gate:never") ?? false);
    await expect.poll(async () => (await status("esc")).status, { timeout: 10_000 }).toBe("processing");
    await manager.call("interrupt_session", { session_id: "esc" });
    expect(await status("esc")).toMatchObject({ status: "idle", is_processing: false });
    const after = await team().ask("esc", "go on [[text:went on]]");
    expect(after).toMatchObject({ response: "went on" });
  });

  test("Esc before the first word: the prompt does not stay behind in the input box", async () => {
    const { spawn, manager, world, ask } = team();
    await spawn({ session_name: "early" });
    await team().send("early", "taken back [[ttfb:20]]");
    await world.api.until((r) => r.prompt?.startsWith("taken back") ?? false);
    await manager.call("interrupt_session", { session_id: "early" });
    expect(await ask("early", "fresh [[text:fresh answer]]")).toMatchObject({ response: "fresh answer" });
    expect(world.api.requests.at(-1)?.prompt).toBe("fresh [[text:fresh answer]]");
  });

  test("an idle worker is left alone", async () => {
    const { manager } = team();
    expect(await manager.call("interrupt_session", { session_id: "early" })).toMatchObject({ status: "idle" });
  });
});

/** What Claude Code 2.1.330 asks the API for at a compaction. */
const isSummingUp = (prompt: string | null) => prompt?.startsWith("CRITICAL: Respond with TEXT ONLY") ?? false;

needsClaude("Claude's own commands", () => {
  const team = sharedTeam();

  test("/clear begins a new conversation, and the worker is followed into it", async () => {
    const { spawn, ask, send, status, manager } = team();
    const before = await spawn({ session_name: "cleared", prompt: "[[text:old]]" });
    await manager.call("get_response", { session_id: "cleared" });
    await send("cleared", "/clear", { as: "command" });
    await expect
      .poll(async () => (await status("cleared")).claude_session_id, { timeout: 20_000 })
      .not.toBe(before.claude_session_id);
    expect(await ask("cleared", "new [[text:new answer]]")).toMatchObject({ response: "new answer" });
    const page = await manager.call<{ messages: { content: string }[] }>("get_conversation_history", {
      session_id: "cleared",
      pages: 10,
    });
    const texts = page.messages.map((m) => m.content);
    expect(texts).toEqual(expect.arrayContaining(["old", "new answer"]));
  });

  test("/compact keeps the conversation; the next answer is found", async () => {
    const { spawn, ask, send, manager } = team();
    await spawn({ session_name: "compacted", prompt: "[[text:to be compacted]]" });
    await manager.call("get_response", { session_id: "compacted" });
    const sent = await send("compacted", "/compact", { as: "command", wait_for_response: true });
    expect(sent).toMatchObject({ outcome: "answered", response: expect.stringMatching(/^Compacted/) });
    expect(await ask("compacted", "after [[text:after it]]")).toMatchObject({ response: "after it" });
  });

  test("/compact after a turn that failed has its own outcome, not that turn's", async () => {
    const { spawn, ask, send } = team();
    await spawn({ session_name: "failed-before", prompt: "[[text:to be compacted]]" });
    expect(await ask("failed-before", "now [[err:400]]")).toMatchObject({ outcome: "failed" });
    const sent = await send("failed-before", "/compact", { as: "command", wait_for_response: true });
    expect(sent).toMatchObject({ outcome: "answered", response: expect.stringMatching(/^Compacted/), problem: null });
  });

  test("/compact that the API refuses is told as failed, with the reason", async () => {
    const { spawn, ask, send, manager, world } = team();
    await spawn({ session_name: "refused", prompt: "[[text:never summed up]]" });
    await manager.call("get_response", { session_id: "refused" });
    world.api.script(({ prompt }) => (isSummingUp(prompt) ? "[[err:400]]" : undefined));
    const sent = await send("refused", "/compact", { as: "command", wait_for_response: true });
    const problem = expect.stringMatching(/^command_failed: Error during compaction/);
    expect(sent).toMatchObject({ outcome: "failed", response: null, problem });
    expect(sent.receipt.notes.join()).toContain("it was not carried out: Error during compaction");
    expect(await ask("refused", "and now [[text:it goes on]]")).toMatchObject({ response: "it goes on" });
  });

  test("a shell line is answered by what Claude says to its output", async () => {
    const { spawn, send } = team();
    await spawn({ session_name: "shell" });
    const sent = await send("shell", "!echo ba''ng", { as: "command", wait_for_response: true });
    expect(sent).toMatchObject({ outcome: "answered", response: expect.stringContaining("bang") });
  });

  test("one of the project's own has a turn, which is waited for", async () => {
    const { spawn, send, manager, world } = team();
    const project_path = await world.project("own-command");
    await mkdir(join(project_path, ".claude", "commands"), { recursive: true });
    await writeFile(
      join(project_path, ".claude", "commands", "probe.md"),
      "Probe: [[gate:probe]] [[text:probed $ARGUMENTS]]\n",
    );
    await spawn({ session_name: "prober", project_path });
    const early = await send("prober", "/probe twice", { as: "command", wait_for_response: true, timeout: 3 });
    expect(early).toMatchObject({ timeout: true, is_processing: true });
    world.api.open("probe");
    const done = await manager.call<Sent>("get_response", { session_id: "prober" });
    expect(done).toMatchObject({ outcome: "answered", last_response: "probed twice" });
  });

  test("background agents keep the worker working until they are done", async () => {
    const { spawn, manager, world } = team();
    await spawn({ session_name: "parent", permission_mode: "acceptEdits" });
    await team().send("parent", "[[agent:inside ((gate:agent)) ((text:found it))]] [[text:started an agent]]");
    await world.api.until((r) => r.prompt?.includes("gate:agent") ?? false);
    const early = await manager.call<Sent>("get_response", { session_id: "parent", timeout: 3 });
    expect(early).toMatchObject({ timeout: true, is_processing: true });
    world.api.open("agent");
    const done = await manager.call<Sent>("get_response", { session_id: "parent" });
    expect(done).toMatchObject({ is_processing: false, outcome: "answered" });
  });
});
