import { expect, test } from "vitest";
import { createIdleWorld } from "./test-kit.ts";

test("a wait tells the reply that ended it", async () => {
  const { team, desk, pass, clock } = await createIdleWorld();
  const hook = { signal: "hook", conversation: "c-1", transcript: null, prompt: "p-1" } as const;
  desk.tell({ ...hook, event: "UserPromptSubmit", text: "go", at: clock.now() });
  desk.live("busy");
  desk.told({ signal: "transcript", event: "prompted", prompt: "p-1", text: "go", absorbed: false, at: clock.now() });
  const waiting = team.wait({ workers: ["w"] }, "manager");
  await pass(1000);
  desk.tell({ ...hook, event: "Stop", lastText: "done", background: 0, at: clock.now() });
  desk.live("idle");
  desk.summary = { ...desk.summary, lastReply: { messageId: "m", text: "done", at: clock.now() } };
  desk.told({ signal: "transcript", event: "turn.ended", background: 0, at: clock.now() });
  expect((await waiting).settled).toMatchObject([{ phase: { is: "idle" }, lastReply: { text: "done" } }]);
});
