import { describe, expect, test } from "vitest";
import type { Message, Page } from "../../contract/message.ts";
import { createHistoryReader, type Reading } from "./history-reader.ts";

const turn = () => new Promise(setImmediate);
const message = (seq: number) => ({ seq, tools: [], text: `text ${seq}` }) as unknown as Message;

/** A conversation of so many messages, read in pages of ten. */
function conversation(length: number) {
  const state = { length, fails: false };
  const ranges: { from?: number; to?: number }[] = [];
  const shown: Reading[] = [];
  const read = async (range: { from?: number; to?: number }): Promise<Page> => {
    ranges.push(range);
    if (state.fails) throw new Error("not now");
    const to = range.to ?? state.length;
    const from = range.from ?? Math.max(0, to - 10);
    const messages = Array.from({ length: to - from }, (_, i) => message(from + i));
    return { messages, from, to, total: state.length };
  };
  const reader = createHistoryReader(read, (reading) => shown.push(reading));
  return { state, ranges, last: () => shown.at(-1), ...reader };
}

describe("a conversation", () => {
  test("shows its newest page first, then older ones on demand until the beginning", async () => {
    const { refresh, older, last, ranges } = conversation(225);
    refresh();
    await turn();
    for (let i = 0; i < 4; i++) {
      older();
      await turn();
    }
    expect(ranges).toEqual([{}, { from: 115, to: 215 }, { from: 15, to: 115 }, { from: 0, to: 15 }]);
    expect(last()?.loaded?.messages.map((m) => m.seq)).toEqual(Array.from({ length: 225 }, (_, i) => i));
  });

  test("reads again only from its last message when it went on", async () => {
    const { refresh, last, ranges, state } = conversation(12);
    refresh();
    await turn();
    state.length = 15;
    refresh();
    await turn();
    expect(ranges.at(-1)).toEqual({ from: 11 });
    expect(last()?.loaded).toMatchObject({ from: 2, to: 15, total: 15 });
  });

  test("is read by one call at a time, however often it goes on meanwhile", async () => {
    const { refresh, ranges } = conversation(3);
    for (let i = 0; i < 20; i++) refresh();
    await turn();
    expect(ranges).toHaveLength(2);
  });

  test("that cannot be read says so and is read again next time", async () => {
    const { refresh, last, state } = conversation(3);
    state.fails = true;
    refresh();
    await turn();
    expect(last()).toEqual({ loaded: undefined, failure: new Error("not now"), stopped: false });
    state.fails = false;
    refresh();
    await turn();
    expect(last()).toMatchObject({ loaded: { total: 3 }, failure: undefined });
  });

  test("whose older part cannot be read is not asked for it again, however often it is wanted, until somebody says so", async () => {
    const { refresh, older, again, last, ranges, state } = conversation(225);
    refresh();
    await turn();
    state.fails = true;
    for (let i = 0; i < 20; i++) {
      older();
      older();
      await turn();
    }
    expect(ranges).toHaveLength(2);
    expect(last()).toMatchObject({ loaded: { from: 215 }, failure: new Error("not now"), stopped: true });
    again();
    expect(last()).toMatchObject({ failure: undefined, stopped: false });
    await turn();
    expect(last()).toMatchObject({ failure: new Error("not now"), stopped: true });
    state.fails = false;
    again();
    await turn();
    expect(last()).toMatchObject({ loaded: { from: 115 }, failure: undefined, stopped: false });
    expect(ranges).toHaveLength(4);
  });

  test("says that its older part could not be read, although it went on since", async () => {
    const { refresh, older, again, last, ranges, state } = conversation(225);
    refresh();
    await turn();
    state.fails = true;
    older();
    await turn();
    state.fails = false;
    refresh();
    await turn();
    expect(last()).toMatchObject({ failure: new Error("not now"), stopped: true });
    again();
    again();
    await turn();
    expect(ranges.slice(-2)).toEqual([{ from: 224 }, { from: 115, to: 215 }]);
  });

  test("that was empty is read from the start once something was said", async () => {
    const { refresh, last, ranges, state } = conversation(0);
    refresh();
    await turn();
    expect(last()?.loaded?.total).toBe(0);
    state.length = 2;
    refresh();
    await turn();
    expect(ranges.at(-1)).toEqual({});
    expect(last()?.loaded?.messages).toHaveLength(2);
  });
});
