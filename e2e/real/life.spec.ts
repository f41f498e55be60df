import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { startServer } from "./server.ts";
import { openTeam, sharedTeam } from "./team.ts";

needsClaude("the life of workers", () => {
  const team = sharedTeam();

  test("a worker whose process is killed is closed, with the reason; its history stays readable", async () => {
    const { spawn, manager, person } = team();
    const { session_id } = await spawn({ prompt: "[[text:last words]]" });
    await manager.call("get_response", { session_id });
    const { worker } = (await person("status", { worker: session_id })) as { worker: { pid: number } };
    process.kill(worker.pid, "SIGKILL");
    await expect.poll(async () => (await team().status(session_id)).status, { timeout: 20_000 }).toBe("closed");
    expect(await manager.call("get_response", { session_id })).toMatchObject({
      last_response: "last words",
      status: "closed",
    });
    await expect(team().send(session_id, "hello?")).rejects.toMatchObject({ code: "WORKER_GONE" });
  });

  test("a busy worker is closed only by force", async () => {
    const { spawn, manager, world } = team();
    const { session_id } = await spawn({ prompt: "[[gate:busy]] [[text:x]]" });
    await world.api.until((r) => r.prompt?.includes("gate:busy") ?? false);
    await expect(manager.call("close_session", { session_id })).rejects.toMatchObject({ code: "WORKER_BUSY" });
    expect(await manager.call("close_session", { session_id, force: true })).toMatchObject({ success: true });
    await expect(manager.call("close_session", { session_id })).rejects.toMatchObject({ code: "WORKER_GONE" });
  });

  test("20 messages sent at once to one worker arrive once each, in order", async () => {
    const { spawn, send, manager, world } = team();
    const { session_id, claude_session_id } = await spawn();
    const texts = Array.from({ length: 20 }, (_, n) => `message ${n} [[text:answer ${n}]]`);
    await Promise.all(texts.map((text) => send(session_id, text)));
    await manager.call("wait_for_sessions", { session_ids: [session_id], timeout: 80 });
    const got = world.api.requests.filter((r) => r.session === claude_session_id).map((r) => r.prompt);
    expect(got).toEqual(texts);
  });

  test("a session that nobody knows: the error says where to look", async () => {
    const { manager } = team();
    await expect(manager.call("get_response", { session_id: "worker-99" })).rejects.toThrow(
      /WORKER_UNKNOWN: Session not found: worker-99.*list_sessions/,
    );
  });

  test("before its first prompt a worker has no transcript, and history says so", async () => {
    const { spawn, manager } = team();
    const { session_id } = await spawn();
    await expect(manager.call("get_conversation_history", { session_id })).rejects.toMatchObject({
      code: "TRANSCRIPT_MISSING",
    });
    expect(await manager.call("get_response", { session_id })).toMatchObject({
      last_response: null,
      is_processing: false,
    });
    await manager.call("close_session", { session_id });
  });
});

needsClaude("the server", () => {
  test("a second server on the same home shows the first one's doors and ends", async () => {
    await using team = await openTeam();
    await using second = await startServer(team.world);
    expect(second.url).toBe(team.server.url);
    await second.ended;
  });
});

needsClaude("many workers", () => {
  test("10 at once, each with its own answer", async () => {
    await using team = await openTeam();
    const projects: string[] = [];
    for (let n = 0; n < 10; n++) projects.push(await team.world.project(`many-${n}`));
    const spawns = projects.map((project_path, n) =>
      team.spawn({ project_path, prompt: `I am ${n} [[text:answer of ${n}]]` }),
    );
    const workers = await Promise.all(spawns);
    const ids = workers.map((w) => w.session_id);
    await team.manager.call("wait_for_sessions", { session_ids: ids, timeout: 80 });
    const answers = await Promise.all(
      ids.map((session_id) => team.manager.call<{ last_response: string }>("get_response", { session_id })),
    );
    expect(new Set(answers.map((a) => a.last_response))).toEqual(new Set(ids.map((_, n) => `answer of ${n}`)));
  });
});
