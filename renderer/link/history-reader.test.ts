import { describe, expect, test } from "vitest";
import type { Message, Page } from "../../contract/message.ts";
import type { Loaded } from "../words/pages.ts";
import { createHistoryReader } from "./history-reader.ts";

const turn = () => new Promise(setImmediate);
const message = (seq: number) => ({ seq, tools: [], text: `text ${seq}` }) as unknown as Message;

/** A conversation of so many messages, read in pages of ten. */
function conversation(length: number) {
  const state = { length, fails: false };
  const ranges: { from?: number; to?: number }[] = [];
  const shown: Loaded[] = [];
  const failures: unknown[] = [];
  const read = async (range: { from?: number; to?: number }): Promise<Page> => {
    ranges.push(range);
    if (state.fails) throw new Error("not now");
    const to = range.to ?? state.length;
    const from = range.from ?? Math.max(0, to - 10);
    const messages = Array.from({ length: to - from }, (_, i) => message(from + i));
    return { messages, from, to, total: state.length };
  };
  const reader = createHistoryReader({
    read,
    show: (loaded) => shown.push(loaded),
    failed: (cause) => failures.push(cause),
  });
  return { state, ranges, shown, failures, ...reader };
}

describe("a conversation", () => {
  test("shows its newest page first, then older ones on demand until the beginning", async () => {
    const { refresh, older, shown, ranges } = conversation(225);
    refresh();
    await turn();
    for (let i = 0; i < 4; i++) {
      older();
      await turn();
    }
    expect(ranges).toEqual([{}, { from: 115, to: 215 }, { from: 15, to: 115 }, { from: 0, to: 15 }]);
    expect(shown.at(-1)?.messages.map((m) => m.seq)).toEqual(Array.from({ length: 225 }, (_, i) => i));
  });

  test("reads again only from its last message when it went on", async () => {
    const { refresh, shown, ranges, state } = conversation(12);
    refresh();
    await turn();
    state.length = 15;
    refresh();
    await turn();
    expect(ranges.at(-1)).toEqual({ from: 11 });
    expect(shown.at(-1)).toMatchObject({ from: 2, to: 15, total: 15 });
  });

  test("is read by one call at a time, however often it goes on meanwhile", async () => {
    const { refresh, ranges } = conversation(3);
    for (let i = 0; i < 20; i++) refresh();
    await turn();
    expect(ranges).toHaveLength(2);
  });

  test("that cannot be read says so and is read again next time", async () => {
    const { refresh, failures, shown, state } = conversation(3);
    state.fails = true;
    refresh();
    await turn();
    expect(failures).toHaveLength(1);
    state.fails = false;
    refresh();
    await turn();
    expect(shown).toHaveLength(1);
  });

  test("that was empty is read from the start once something was said", async () => {
    const { refresh, shown, ranges, state } = conversation(0);
    refresh();
    await turn();
    expect(shown.at(-1)?.total).toBe(0);
    state.length = 2;
    refresh();
    await turn();
    expect(ranges.at(-1)).toEqual({});
    expect(shown.at(-1)?.messages).toHaveLength(2);
  });
});
