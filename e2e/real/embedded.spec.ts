import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { connectManager } from "./mcp.ts";
import { startServer } from "./server.ts";
import { openTeam, type Sent, type Session } from "./team.ts";

/** For the embedded terminals only; what survives elsewhere is in survives.spec.ts. */
needsClaude("the server with its workers inside", () => {
  test("stopped with SIGTERM it ends its workers and leaves no process behind", async () => {
    await using team = await openTeam();
    await team.spawn({ prompt: "[[gate:never]]" });
    await team.server.stop();
  });

  test("after a restart the ended workers are still known, and closed ones stay closed", async () => {
    await using team = await openTeam();
    const kept = await team.spawn({ session_name: "kept", prompt: "[[text:safe]]" });
    await team.manager.call("get_response", { session_id: "kept" });
    await team.spawn({ session_name: "shut" });
    await team.manager.call("close_session", { session_id: "shut" });
    await team.server.kill();
    await using next = await startServer(team.world);
    await using manager = await connectManager(next, "2026-07-28");
    const { sessions } = await manager.call<{ sessions: Session[] }>("list_sessions", { include_closed: true });
    expect(sessions.map((s) => [s.name, s.status])).toEqual([
      ["kept", "closed"],
      ["shut", "closed"],
    ]);
    expect(await manager.call<Sent>("get_response", { session_id: kept.session_id })).toMatchObject({
      last_response: "safe",
    });
    const fresh = await manager.call<Session>("spawn_session", { project_path: await team.world.project("fresh") });
    expect(fresh.session_id).toBe("worker-3");
  });
});
