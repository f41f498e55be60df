import { describe, expect, test } from "vitest";
import { isPartOf } from "./deliver.ts";
import { createIdleWorld } from "./test-kit.ts";

const long = Array.from({ length: 400 }, (_, n) => `line ${n} of a long message`).join("\n");

const plainOf = (typed: readonly string[]) => typed.join("").replaceAll(/.\[20[01]~/g, "");

test.each([
  ["the whole of a short one", "hello there", "hello there", true],
  ["its beginning, wrapped", long.slice(0, 300).replaceAll(" of ", " of\n"), long, true],
  ["its middle, where it was not typed to its end", long.slice(2000, 2700), long, true],
  ["its end, where the box is smaller than it", long.slice(-700), long, true],
  ["somebody else's words", "please do not", long, false],
  ["its words and somebody else's behind them", `${long.slice(-700)} wait, no`, long, false],
  ["a few letters that it begins with, too", "line 0", long, false],
  ["nothing", " ", long, false],
])("a draft that shows %s", (_, draft, text, ours) => {
  expect(isPartOf(draft, text)).toBe(ours);
});

test("a swallowed Enter is pressed once more, also when the box shows only the end of a long message", async () => {
  const { team, desk, pass, store } = await createIdleWorld();
  desk.onKeys = (keys) => {
    if (keys !== "\r") desk.draw(long.slice(-700));
  };
  await team.send({ worker: "w", text: long }, "person");
  await pass(60_000);
  expect(desk.typed.filter((keys) => keys === "\r")).toHaveLength(2);
  expect([...store.state.workers.values()][0]?.receipts.at(-1)?.notes.at(-1)).toContain("may still stand");
});

test("a long message is handed over as Claude takes it in, and no paste is ever cut", async () => {
  const { team, desk, pass } = await createIdleWorld();
  const sizes: number[] = [];
  let unread = 0;
  desk.onKeys = (keys) => {
    unread += Buffer.byteLength(keys);
    sizes.push(unread);
  };
  await team.send({ worker: "w", text: long }, "person");
  for (let i = 0; i < 40 && !desk.typed.includes("\r"); i++) {
    await pass(900);
    unread = 0;
    desk.draw(plainOf(desk.typed).slice(-700));
  }
  expect(plainOf(desk.typed)).toBe(`${long}\r`);
  expect(Math.max(...sizes)).toBeLessThan(2048);
  expect(desk.typed.every((keys) => keys.split("\x1b[200~").length === keys.split("\x1b[201~").length)).toBe(true);
});

test("a screen that still shows what Claude has taken is no draft: the next message waits for the empty box", async () => {
  const { team, desk, pass, clock } = await createIdleWorld();
  desk.onKeys = () => desk.draw("first");
  await team.send({ worker: "w", text: "first" }, "manager");
  await pass(1000);
  const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;
  desk.tell({ ...hook, at: clock.now(), event: "UserPromptSubmit", text: "first", prompt: null });
  desk.live("busy");
  desk.live("idle");
  await pass(2000);
  await team.send({ worker: "w", text: "second" }, "manager");
  await pass(2000);
  expect(plainOf(desk.typed)).toBe("first\r");
  desk.draw("");
  await pass(2000);
  expect(plainOf(desk.typed)).toContain("second");
});

test("a long message cannot be taken back once its beginning was typed", async () => {
  const { team, desk, pass } = await createIdleWorld();
  const { id } = await team.send({ worker: "w", text: long }, "person");
  await pass(1000);
  expect(desk.typed).toHaveLength(1);
  await expect(team.withdraw({ worker: "w", message: id }, "person")).rejects.toThrow("typed");
});

describe("while the terminal is still being handed a message", () => {
  async function handing() {
    const world = await createIdleWorld();
    let handed = () => {};
    world.desk.typing = new Promise<void>((resolve) => {
      handed = resolve;
    });
    const { id } = await world.team.send({ worker: "w", text: "hello" }, "person");
    await world.pass(1000);
    expect(world.desk.typed).toHaveLength(1);
    const state = () => [...world.store.state.workers.values()][0]?.receipts.find((r) => r.id === id)?.state;
    return { ...world, id, handed, state };
  }

  test("it cannot be taken back", async () => {
    const { team, id, handed, pass, desk, state } = await handing();
    await expect(team.withdraw({ worker: "w", message: id }, "person")).rejects.toMatchObject({
      code: "MESSAGE_TYPED",
    });
    handed();
    await pass(2000);
    expect([state(), desk.typed.at(-1)]).toEqual(["typed", "\r"]);
  });

  test("and the worker ends, nobody knows whether it came through, for good", async () => {
    const { desk, handed, pass, state } = await handing();
    await desk.terminal.close();
    await pass(1000);
    handed();
    await pass(1000);
    expect(state()).toBe("unconfirmed");
  });
});

test("a worker that ends while its box is looked at takes no message", async () => {
  const { team, desk, store } = await createIdleWorld();
  const sent = team.send({ worker: "w", text: "hello" }, "person");
  await Promise.all([expect(sent).rejects.toMatchObject({ code: "WORKER_GONE" }), desk.terminal.close()]);
  expect([...store.state.workers.values()][0]?.receipts).toEqual([]);
});

test("what takes the place of the input box in the middle of a long message gets none of it", async () => {
  const { team, desk, pass } = await createIdleWorld();
  await team.send({ worker: "w", text: long }, "person");
  await pass(1000);
  desk.draw(null);
  await pass(60_000);
  expect(desk.typed).toHaveLength(1);
  desk.draw("");
  await pass(60_000);
  expect(plainOf(desk.typed)).toContain(long);
});

test("a Claude that still draws what was pasted is waited for, and no second Enter is pressed", async () => {
  const { team, desk, pass, store, clock } = await createIdleWorld();
  desk.onKeys = () => desk.draw(plainOf(desk.typed).slice(-700));
  await team.send({ worker: "w", text: long }, "person");
  for (let second = 0; second < 25; second++) {
    await pass(1000);
    desk.draw(long.slice(-700 - second));
  }
  desk.draw("");
  const hook = { signal: "hook", conversation: "c-1", transcript: null } as const;
  desk.tell({ ...hook, at: clock.now(), event: "UserPromptSubmit", text: long, prompt: null });
  desk.live("busy");
  await pass(1000);
  expect([...store.state.workers.values()][0]?.receipts.at(-1)?.state).toBe("submitted");
  expect(desk.typed.filter((keys) => keys === "\r")).toHaveLength(1);
});
