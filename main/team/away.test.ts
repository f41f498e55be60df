import { describe, expect, test } from "vitest";
import { createIdleWorld } from "./test-kit.ts";

const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;

describe("a terminal whose host cannot be reached", () => {
  const whyOf = (worker: { why: readonly { says: string }[] } | undefined) => worker?.why.map(({ says }) => says);

  test("holds back what was sent before, says why, and lets it be typed once it is back", async () => {
    const { team, desk, store, pass, clock } = await createIdleWorld();
    desk.onKeys = (keys) => {
      if (keys !== "\r") return desk.draw("hello");
      desk.tell({ ...hook, at: clock.now(), event: "UserPromptSubmit", text: "hello", prompt: null });
      desk.live("busy");
    };
    desk.live("busy");
    await team.send({ worker: "w", text: "hello" }, "person");
    desk.reach("iTerm2 is not running");
    desk.live("idle");
    await pass(60_000);
    const worker = () => [...store.state.workers.values()][0];
    expect(worker()?.receipts.at(-1)).toMatchObject({ state: "accepted", notes: ["waits: iTerm2 is not running"] });
    expect(whyOf(worker())).toContain("cannot be reached: iTerm2 is not running");
    desk.reach(null);
    await pass(5000);
    expect(worker()?.receipts.at(-1)).toMatchObject({ state: "submitted" });
    expect(whyOf(worker())).not.toContain("cannot be reached: iTerm2 is not running");
    expect(desk.typed).toEqual(["\x1b[200~hello\x1b[201~", "\r"]);
  });

  test("takes no new message, and says why", async () => {
    const { team, desk } = await createIdleWorld();
    desk.reach("iTerm2 is not running");
    const sent = team.send({ worker: "w", text: "hello" }, "person");
    await expect(sent).rejects.toMatchObject({ code: "TERMINAL_UNREACHABLE", message: "iTerm2 is not running" });
    expect((await team.list({}, "person"))[0]?.receipts).toEqual([]);
  });

  test("lost while a message is typed: it is not typed again, and nobody says that it was not", async () => {
    const { team, desk, store, pass } = await createIdleWorld();
    desk.onKeys = () => desk.reach("the connection broke");
    await team.send({ worker: "w", text: "hello" }, "person");
    await pass(1000);
    desk.onKeys = () => {};
    desk.reach(null);
    await pass(60_000);
    const [worker] = store.state.workers.values();
    expect(worker?.receipts.at(-1)).toMatchObject({
      state: "unconfirmed",
      notes: ["may stand in the input box, not submitted: the connection broke"],
    });
    expect(desk.typed).toEqual(["\x1b[200~hello\x1b[201~"]);
  });
});
