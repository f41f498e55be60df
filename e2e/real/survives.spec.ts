import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { connectManager, type Manager } from "./mcp.ts";
import { startServer } from "./server.ts";
import { openTeam, type RealTeam, type Sent, type Session } from "./team.ts";

/** The app dies as in a crash, and another one takes the same home. */
async function restart(team: RealTeam, meanwhile: () => Promise<void> = async () => {}): Promise<Manager> {
  await team.server.kill();
  await meanwhile();
  const server = await startServer(team.world);
  return team.world.own(await connectManager(server, "2026-07-28"));
}

const status = (manager: Manager, session_id: string) => manager.call<Session>("get_session_status", { session_id });

/** For hosts whose terminals live on without us; run by the projects of tmux and iTerm2. */
needsClaude("workers outlive the app", () => {
  test("after kill -9 they have their names, mailboxes and history, and go on", async () => {
    await using team = await openTeam();
    const ana = await team.spawn({ session_name: "ana", prompt: "[[text:before]]" });
    await team.manager.call("get_response", { session_id: "ana" });
    const shut = await team.spawn({ session_name: "shut" });
    await team.manager.call("close_session", { session_id: "shut" });
    const manager = await restart(team);
    await manager.call("wait_for_sessions", { session_ids: ["ana"], timeout: 30 });
    expect(await status(manager, "ana")).toMatchObject({
      ...{ session_id: ana.session_id, claude_session_id: ana.claude_session_id, status: "idle" },
    });
    expect(await status(manager, shut.session_id)).toMatchObject({ status: "closed" });
    expect(await manager.call("get_response", { session_id: "ana" })).toMatchObject({ last_response: "before" });
    expect(
      await manager.call<Sent>("send_message", {
        ...{ session_id: "ana", message: "and on [[text:after]]", wait_for_response: true, timeout: 60 },
      }),
    ).toMatchObject({ response: "after", outcome: "answered" });
  });

  test("a turn that was running is still running, and its answer is found", async () => {
    await using team = await openTeam();
    const { session_id } = await team.spawn();
    await team.send(session_id, "[[gate:long]] [[text:took a while]]");
    await team.world.api.until((r) => r.prompt?.includes("gate:long") ?? false);
    const manager = await restart(team);
    expect(await status(manager, session_id)).toMatchObject({ status: "processing" });
    team.world.api.open("long");
    expect(await manager.call("get_response", { session_id, timeout: 60 })).toMatchObject({
      last_response: "took a while",
    });
  });

  test("a turn that ended while nobody looked is known", async () => {
    await using team = await openTeam();
    const { session_id } = await team.spawn();
    await team.send(session_id, "[[gate:alone]] [[text:done alone]]");
    await team.world.api.until((r) => r.prompt?.includes("gate:alone") ?? false);
    const manager = await restart(team, async () => team.world.api.open("alone"));
    expect(await manager.call("get_response", { session_id, timeout: 60 })).toMatchObject({
      ...{ last_response: "done alone", is_processing: false },
    });
  });

  test("an open permission is asked again, and answered by key", async () => {
    await using team = await openTeam();
    const { session_id, project_path } = await team.spawn();
    const file = join(project_path, "made after");
    await team.send(session_id, `[[bash:touch '${file}']] [[text:made it]]`);
    await team.asks(session_id);
    const manager = await restart(team);
    await expect
      .poll(async () => (await status(manager, session_id)).requests[0]?.kind, { timeout: 30_000 })
      .toBe("permission");
    expect(existsSync(file)).toBe(false);
    await manager.call("answer_session", { session_id, decision: "allow" });
    expect(await manager.call("get_response", { session_id, timeout: 60 })).toMatchObject({
      last_response: "made it",
    });
    expect(existsSync(file)).toBe(true);
  });

  test("a worker that ended while nobody looked is gone, and says how to go on", async () => {
    await using team = await openTeam();
    const { session_id, claude_session_id } = await team.spawn({ prompt: "[[text:safe]]" });
    await team.manager.call("get_response", { session_id });
    const { worker } = (await team.person("status", { worker: session_id })) as { worker: { pid: number } };
    const manager = await restart(team, async () => void process.kill(worker.pid, "SIGKILL"));
    await expect.poll(async () => (await status(manager, session_id)).status, { timeout: 20_000 }).toBe("closed");
    expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "safe" });
    expect(JSON.stringify(await status(manager, session_id))).toContain(claude_session_id);
  });

  test("the app may stop and start again in order: they live on all the same", async () => {
    await using team = await openTeam();
    const { session_id } = await team.spawn({ prompt: "[[text:calm]]" });
    await team.manager.call("get_response", { session_id });
    await team.server.stop();
    const manager = await restart(team);
    await manager.call("wait_for_sessions", { session_ids: [session_id], timeout: 30 });
    expect(await status(manager, session_id)).toMatchObject({ status: "idle" });
  });
});
