import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../contract/message.ts";
import { type CallTool, callerOf, connect, type Served, serve } from "../../e2e/http/served.ts";

let served: Served;
let call: CallTool;

beforeEach(async () => {
  served = await serve();
  call = await callerOf(await connect(served.url, "modern"));
});
afterEach(() => served.stop());

const said = (seq: number): Message => ({
  ...{ seq, id: `m-${seq}`, at: 1, role: seq % 2 ? "assistant" : "user", from: "claude", text: `text ${seq}` },
  ...{ thinking: "", tools: [], notice: null, problem: null, usage: null },
});

describe("get_conversation_history", () => {
  beforeEach(() =>
    served.scripted.say(
      served.scripted.add(),
      Array.from({ length: 12 }, (_, seq) => said(seq)),
    ),
  );

  test.each([
    [{}, [7, 12], 1],
    [{ offset: 1 }, [2, 7], 1],
    [{ offset: 2 }, [0, 2], 1],
    [{ pages: 2 }, [2, 12], 2],
    [{ pages: 99 }, [0, 12], 3],
  ])("%o returns the messages %j in the order they were said", async (args, [from, to], pages_returned) => {
    const { data } = await call("get_conversation_history", { session_id: "worker-1", ...args });
    const messages = data.messages as { uuid: string }[];
    expect(messages.map((m) => m.uuid)).toEqual(Array.from({ length: to! - from! }, (_, i) => `m-${from! + i}`));
    expect(data.page_info).toMatchObject({
      ...{ total_messages: 12, total_pages: 3, page_size: 5, pages_returned, messages_returned: messages.length },
      ...{ start_index: from, end_index: to },
    });
  });

  test("beyond the beginning is empty, with a note", async () => {
    const { data } = await call("get_conversation_history", { session_id: "worker-1", offset: 9 });
    expect(data.messages).toEqual([]);
    expect(data.page_info).toMatchObject({
      offset: 9,
      pages_returned: 0,
      note: "offset 9 is beyond the 3 pages there are",
    });
  });

  test.each([{ pages: 0 }, { offset: -1 }, { pages: 1.5 }])("%o is refused", async (args) => {
    const { isError, text } = await call("get_conversation_history", { session_id: "worker-1", ...args });
    expect(isError).toBe(true);
    expect(text).toMatch(/^INPUT_INVALID: (pages|offset): /);
  });
});
