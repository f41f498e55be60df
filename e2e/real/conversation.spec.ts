import { describe, expect, test } from "vitest";
import { needsClaude } from "../needs.ts";
import { type Sent, type Session, sharedTeam } from "./team.ts";

needsClaude("a manager leads a worker", () => {
  const eras = ["2026-07-28", "2025-11-25"] as const;
  describe.each(eras)("over protocol %s", (era) => {
    const team = sharedTeam({ era });

    test("spawns it with a first task, and reads its answer", async () => {
      const { world, manager, spawn } = team();
      const worker = await spawn({ session_name: "ana", prompt: 'multi\nline "task" [[text:first answer]]' });
      expect(worker).toMatchObject({ session_id: "worker-1", name: "ana" });
      expect(["processing", "idle"]).toContain(worker.status);
      expect(worker.claude_session_id).toMatch(/^[0-9a-f-]{36}$/);
      const answer = await manager.call("get_response", { session_id: "ana" });
      expect(answer).toMatchObject({ last_response: "first answer", is_processing: false, outcome: "answered" });
      const asked = world.api.requests.find((r) => r.session === worker.claude_session_id);
      expect(asked?.prompt).toBe('multi\nline "task" [[text:first answer]]');
    });

    test("sends and waits: always this answer, never the one before", async () => {
      const { ask } = team();
      for (const n of [1, 2, 3]) {
        expect(await ask("ana", `question ${n} [[text:answer ${n}]]`)).toMatchObject({
          response: `answer ${n}`,
          outcome: "answered",
        });
      }
    });

    test("a tool run between two texts: the last text is the answer", async () => {
      const sent = await team().ask("ana", "[[text:let me look]] [[bash:echo looked]] [[text:all is well]]");
      expect(sent).toMatchObject({ response: "all is well", tool_uses: ["Bash"] });
    });

    test("thinking longer than the timeout: no answer yet, and the session stays usable", async () => {
      const { ask, manager, world } = team();
      const sent = await ask("ana", "[[gate:thinking]] [[text:thought about it]]", { timeout: 1 });
      expect(sent).toMatchObject({ response: null, timeout: true, status: "processing", is_processing: true });
      const now = await manager.call<Sent>("get_response", { session_id: "ana", wait: false });
      expect(now).toMatchObject({ is_processing: true, last_response: null });
      world.api.open("thinking");
      expect(await manager.call("get_response", { session_id: "ana" })).toMatchObject({
        last_response: "thought about it",
      });
    });

    test("history comes in pages, each message once, with its tools", async () => {
      const { manager } = team();
      const page = await manager.call<{
        messages: { role: string; content: string; tool_uses?: unknown[] }[];
        page_info: { total_messages: number };
      }>("get_conversation_history", { session_id: "ana", pages: 10 });
      const texts = page.messages.map((m) => m.content);
      expect(texts.filter((t) => t.includes("question 2 [["))).toHaveLength(1);
      expect(texts.indexOf("answer 1")).toBeLessThan(texts.indexOf("answer 2"));
      expect(page.messages.some((m) => m.tool_uses && m.tool_uses.length > 0)).toBe(true);
    });

    test("closes it, and it stays closed", async () => {
      const { manager } = team();
      expect(await manager.call("close_session", { session_id: "ana" })).toMatchObject({ success: true });
      await expect(team().send("ana", "hello?")).rejects.toMatchObject({ code: "WORKER_GONE" });
      expect(await manager.call("list_sessions")).toMatchObject({ count: 0 });
      const all = await manager.call<{ sessions: Session[] }>("list_sessions", { include_closed: true });
      expect(all.sessions).toMatchObject([{ name: "ana", status: "closed" }]);
    });
  });
});
