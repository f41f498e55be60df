import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { openTeam, type Session, sharedTeam } from "./team.ts";

needsClaude("where a worker runs", () => {
  const team = sharedTeam();

  test.each([
    ["spaces", "my own project"],
    ["quotes", `it's "quoted"`],
    ["underscores and dots", "snake_case.v2"],
    ["a command substitution", "$(touch pwned)"],
    ["unicode", "プロジェクト-é-😀"],
  ])("a path with %s", async (_, name) => {
    const { world, spawn, manager } = team();
    const project_path = await world.project(name);
    const { session_id, ...worker } = await spawn({ project_path, prompt: "[[text:here]]" });
    expect(worker.project_path).toBe(project_path);
    expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "here" });
    const page = await manager.call<{ messages: unknown[] }>("get_conversation_history", { session_id });
    expect(page.messages.length).toBeGreaterThan(1);
    expect(existsSync(join(world.folder, "pwned")) || existsSync(join(project_path, "pwned"))).toBe(false);
    await manager.call("close_session", { session_id, force: true });
  });

  test("a symbolic link is resolved to the project itself", async () => {
    const { world, spawn, manager } = team();
    const real = await world.project("real");
    const link = join(world.folder, "link");
    await symlink(real, link);
    const { session_id, project_path } = await spawn({ project_path: link, prompt: "[[text:linked]]" });
    expect(project_path).toBe(real);
    expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "linked" });
    await manager.call("close_session", { session_id });
  });

  test("two workers in one project have their own conversations", async () => {
    const { world, spawn, manager } = team();
    const project_path = await world.project("shared");
    const [one, two] = [
      await spawn({ project_path, prompt: "[[text:I am one]]" }),
      await spawn({ project_path, prompt: "[[text:I am two]]" }),
    ];
    expect(one.claude_session_id).not.toBe(two.claude_session_id);
    expect(await manager.call("get_response", { session_id: one.session_id })).toMatchObject({
      last_response: "I am one",
    });
    expect(await manager.call("get_response", { session_id: two.session_id })).toMatchObject({
      last_response: "I am two",
    });
    for (const { session_id } of [one, two]) await manager.call("close_session", { session_id });
  });

  test("a directory that does not exist: a clear error, nothing started", async () => {
    const { manager } = team();
    const missing = manager.call("spawn_session", { project_path: "/no/such/place" });
    await expect(missing).rejects.toMatchObject({ code: "DIRECTORY_MISSING" });
    await expect(missing).rejects.toThrow("Project path does not exist: /no/such/place");
    expect(await manager.call("list_sessions")).toMatchObject({ count: 0 });
  });

  test("an untrusted directory: the trust dialog is a request; a manager may not answer it, a person may", async () => {
    const { world, spawn, answer, person, manager, status } = team();
    const project_path = await world.project("untrusted", { trusted: false });
    const { session_id, ...worker } = await spawn({ project_path, prompt: "[[text:trusted now]]" });
    expect(worker).toMatchObject({ status: "waiting_for_input", requests: [{ kind: "dialog", dialog: "trust" }] });
    await expect(answer(session_id, { decision: "allow" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    expect(await status(session_id)).toMatchObject({ status: "waiting_for_input" });
    await person("answer", { worker: session_id, answer: { decision: "allow" } });
    expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "trusted now" });
    await manager.call("close_session", { session_id });
  });

  test("a declined trust dialog ends the worker, and says so", async () => {
    const { world, spawn, person, manager } = team();
    const { session_id } = await spawn({ project_path: await world.project("distrusted", { trusted: false }) });
    await person("answer", { worker: session_id, answer: { decision: "deny" } });
    const { sessions } = await manager.call<{ sessions: Session[] }>("list_sessions", { include_closed: true });
    expect(sessions.find((s) => s.session_id === session_id)).toMatchObject({ status: "closed" });
  });
});

needsClaude("allowed roots", () => {
  test("keep a manager inside, and let it trust what lies there", async () => {
    await using team = await openTeam();
    await using rooted = await openTeam({ settings: { allowedRoots: [join(team.world.folder, "nowhere")] } });
    const project_path = await rooted.world.project("outside");
    await expect(rooted.spawn({ project_path })).rejects.toMatchObject({ code: "DIRECTORY_OUTSIDE_ROOTS" });
    await expect(rooted.spawn({ project_path, skip_permissions: true })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
  });
});

needsClaude("a binary that is not there", () => {
  test("is named, with what to do, and nothing is started", async () => {
    await using team = await openTeam({ server: { env: { CLAUDE_TEAM_CLAUDE: "/no/such/claude" } } });
    const spawned = team.spawn();
    await expect(spawned).rejects.toMatchObject({ code: "CLAUDE_NOT_FOUND" });
    await expect(spawned).rejects.toThrow("/no/such/claude");
    expect(await team.manager.call("list_sessions", { include_closed: true })).toMatchObject({ count: 0 });
  });

  test("a binary that ends at once leaves its last words, and no worker", async () => {
    await using team = await openTeam({ server: { env: { CLAUDE_TEAM_CLAUDE: "/bin/false" } } });
    await expect(team.spawn()).rejects.toMatchObject({ code: expect.stringMatching(/CLAUDE_EXITED|CLAUDE_NOT_FOUND/) });
    expect(await team.manager.call("list_sessions", { include_closed: true })).toMatchObject({ count: 0 });
  });
});
