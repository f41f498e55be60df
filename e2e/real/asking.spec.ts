import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { type Sent, sharedTeam } from "./team.ts";

needsClaude("a worker that asks", () => {
  const team = sharedTeam();
  const id = () => "asker";

  test("shows a permission with its exact command; allowed, the command runs", async () => {
    const { spawn, send, asks, answer, manager } = team();
    const worker = await spawn({ session_name: id() });
    const file = join(worker.project_path, "made");
    await send(id(), `[[bash:touch ${file} && echo done]] [[text:made it]]`);
    const [request] = await asks(id());
    expect(request).toMatchObject({ kind: "permission", tool: "Bash", detail: `touch ${file} && echo done` });
    expect(existsSync(file)).toBe(false);
    expect(await answer(id(), { decision: "allow" })).toMatchObject({ outcome: "answered" });
    expect(await manager.call("get_response", { session_id: id() })).toMatchObject({ last_response: "made it" });
    expect(existsSync(file)).toBe(true);
  });

  test("denied with a reason: Claude is told the reason and goes on", async () => {
    const { send, asks, answer, manager, world, status } = team();
    const { project_path } = await status(id());
    const file = join(project_path, "never");
    await send(id(), `[[bash:touch ${file}]] [[text:then not]]`);
    await asks(id());
    await answer(id(), { decision: "deny", reason: "the boss says no" });
    expect(await manager.call("get_response", { session_id: id() })).toMatchObject({ last_response: "then not" });
    expect(existsSync(file)).toBe(false);
    expect(JSON.stringify(world.api.requests.at(-1)?.body)).toContain("the boss says no");
  });

  test("answered in the terminal instead: the request is closed, and a late answer is refused", async () => {
    const { send, asks, answer, manager, person, status } = team();
    const { project_path } = await status(id());
    await send(id(), `[[bash:touch ${join(project_path, "by-hand")}]] [[text:by hand then]]`);
    const [request] = await asks(id());
    // The dialog takes keys half a second after it was painted; Claude ignores them before.
    const pressed = await pressUntilGone(
      () => person("type", { worker: id(), keys: "1" }),
      async () => (await status(id())).requests.length === 0,
    );
    expect(pressed).toBe(true);
    expect(await manager.call("get_response", { session_id: id() })).toMatchObject({ last_response: "by hand then" });
    await expect(answer(id(), { request_id: request?.request_id, decision: "allow" })).rejects.toMatchObject({
      code: "REQUEST_GONE",
    });
  });

  test("a message to a worker that asks is refused, names the request, and approves nothing", async () => {
    const { send, asks, answer, status } = team();
    const { project_path } = await status(id());
    const file = join(project_path, "unapproved");
    await send(id(), `[[bash:touch ${file}]] [[text:fine]]`);
    const [request] = await asks(id());
    const refused = send(id(), "1");
    await expect(refused).rejects.toMatchObject({ code: "WORKER_ASKING" });
    await expect(refused).rejects.toThrow(/answer_session/);
    expect((await status(id())).requests[0]?.request_id).toBe(request?.request_id);
    expect(existsSync(file)).toBe(false);
    await answer(id(), { decision: "deny", reason: "enough" });
  });

  test("a background agent's permission is shown as the worker's, and answered through its hook", async () => {
    const { send, asks, answer, manager, status } = team();
    const { project_path } = await status(id());
    await manager.call("get_response", { session_id: id() });
    const file = join(project_path, "by-agent");
    await send(id(), `[[agent:inside ((bash:touch ${file})) ((text:agent is done))]] [[text:agent started]]`);
    await expect.poll(async () => (await status(id())).requests.length, { timeout: 20_000 }).toBe(1);
    expect(await asks(id())).toMatchObject([{ kind: "permission", tool: "Bash", detail: `touch ${file}` }]);
    expect(await answer(id(), { decision: "allow" })).toMatchObject({ outcome: "answered" });
    expect(await manager.call<Sent>("get_response", { session_id: id() })).toMatchObject({ is_processing: false });
    expect(existsSync(file)).toBe(true);
  });

  test("two permissions open at once are kept apart, and answered in the other order", async () => {
    const { send, asks, answer, manager, world, status } = team();
    await manager.call("get_response", { session_id: id() });
    const outside = [join(world.folder, "one.txt"), join(world.folder, "two.txt")];
    await send(id(), `[[read:${outside[0]}]][[+read:${outside[1]}]] [[text:read both]]`);
    await expect.poll(async () => (await status(id())).requests.length, { timeout: 20_000 }).toBe(2);
    const requests = await asks(id());
    expect(requests.map((r) => /one|two/.exec(r.detail ?? "")?.[0]).sort()).toEqual(["one", "two"]);
    await expect(answer(id(), { decision: "allow" })).rejects.toMatchObject({ code: "REQUEST_AMBIGUOUS" });
    await expect(answer(id(), { request_id: "no-such", decision: "allow" })).rejects.toMatchObject({
      code: "REQUEST_GONE",
    });
    await answer(id(), { request_id: requests[1]?.request_id, decision: "allow" });
    expect((await status(id())).requests.map((r) => r.request_id)).toEqual([requests[0]?.request_id]);
    await answer(id(), { request_id: requests[0]?.request_id, decision: "deny", reason: "not that one" });
    expect(await manager.call<Sent>("get_response", { session_id: id() })).toMatchObject({
      last_response: "read both",
    });
  });
});

/** Presses again while the request stays open: a key that comes before the dialog is painted is lost. */
async function pressUntilGone(press: () => Promise<unknown>, gone: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    if (await gone()) return true;
    if (tries % 8 === 7) await press();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return gone();
}

needsClaude("a question", () => {
  const team = sharedTeam();
  const question = (multiSelect: boolean) =>
    JSON.stringify({
      questions: [
        {
          question: "Which colour?",
          header: "Colour",
          multiSelect,
          options: ["Red", "Blue", "Green"].map((label) => ({ label, description: `The ${label} one` })),
        },
      ],
    });

  test.each([
    ["an option", false, "Blue", "Blue"],
    ["several options", true, ["Red", "Green"], "Red, Green"],
    ["free text", false, 'a deep "teal", please', "teal"],
  ])("is answered with %s", async (_, multi, given, told) => {
    const { spawn, send, asks, answer, manager, world } = team();
    const { session_id } = await spawn();
    await send(session_id, `[[tool:AskUserQuestion ${question(multi)}]] [[text:thanks]]`);
    const [request] = await asks(session_id);
    expect(request).toMatchObject({ kind: "question", questions: [{ question: "Which colour?" }] });
    await expect(answer(session_id, { decision: "allow" })).rejects.toMatchObject({ code: "ANSWER_INVALID" });
    await expect(answer(session_id, { answers: { "Which size?": "XL" } })).rejects.toMatchObject({
      code: "ANSWER_INVALID",
    });
    await answer(session_id, { answers: { "Which colour?": given } });
    expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "thanks" });
    expect(JSON.stringify(world.api.requests.at(-1)?.body)).toContain(told);
    await manager.call("close_session", { session_id });
  });
});

needsClaude("who may answer", () => {
  describe("with managerMayAnswer: ask (the default)", () => {
    const team = sharedTeam({ settings: { managerMayAnswer: "ask" } });

    test("a manager's answer waits for a person, who confirms it", async () => {
      const { spawn, send, asks, answer, status, person, manager } = team();
      const { session_id, project_path } = await spawn();
      const file = join(project_path, "confirmed");
      await send(session_id, `[[bash:touch ${file}]] [[text:ok]]`);
      const [request] = await asks(session_id);
      expect(await answer(session_id, { decision: "allow" })).toMatchObject({ outcome: "proposed" });
      expect((await status(session_id)).requests).toMatchObject([{ request_id: request?.request_id, proposed: true }]);
      expect(existsSync(file)).toBe(false);
      await person("answer", { worker: session_id, answer: { decision: "allow" } });
      expect(await manager.call("get_response", { session_id })).toMatchObject({ last_response: "ok" });
      expect(existsSync(file)).toBe(true);
    });
  });

  describe("with managerMayAnswer: no", () => {
    const team = sharedTeam({ settings: { managerMayAnswer: "no" } });

    test("a manager's answer is refused, and changes nothing", async () => {
      const { spawn, send, asks, answer, status } = team();
      const { session_id } = await spawn();
      await send(session_id, "[[bash:touch nothing]] [[text:ok]]");
      await asks(session_id);
      await expect(answer(session_id, { decision: "allow" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await status(session_id)).toMatchObject({ status: "waiting_for_input" });
    });
  });
});
