import { describe, expect, test } from "vitest";
import type { Message, ToolCall } from "../../contract/message.ts";
import { digestOf } from "./digest.ts";

const message = (seq: number, over: Partial<Message>): Message => ({
  ...{ seq, id: `m-${seq}`, at: seq, role: "assistant", from: "claude", text: "", thinking: "", tools: [] },
  ...{ notice: null, problem: null, usage: null, ...over },
});
const tool = (name: string, title: string, state: ToolCall["state"] = "done"): ToolCall => ({
  ...{ id: title, name, title, input: "{}", result: null, state },
});

describe("a digest", () => {
  const problem = { is: "api_error" as const, text: "529", at: 14 };
  const messages = [
    message(9, { text: "before", tools: [tool("Write", "old.ts")] }),
    message(10, { role: "user", from: "human", text: "do it" }),
    message(11, { tools: [tool("Bash", "npm test", "failed"), tool("Edit", "a.ts"), tool("Edit", "b.ts")] }),
    message(12, { tools: [tool("Edit", "a.ts"), tool("Write", "c.ts", "denied"), tool("Bash", "ls")] }),
    message(13, { text: "\nAll done.\nWith details." }),
    message(14, { problem }),
  ];

  test("counts what happened since then: messages, tools with their failures, files written, the last word's first line", () => {
    expect(digestOf(messages, 10, true)).toEqual({
      since: 10,
      whole: true,
      heard: 1,
      said: 1,
      tools: [
        { name: "Edit", count: 3, failed: 0 },
        { name: "Bash", count: 2, failed: 1 },
        { name: "Write", count: 1, failed: 0 },
      ],
      files: ["a.ts", "b.ts"],
      lastReply: { messageId: "m-13", text: "All done.", at: 13 },
      problems: [problem],
    });
  });

  test("of nothing is empty", () => {
    const nothing = { heard: 0, said: 0, tools: [], files: [], lastReply: null, problems: [] };
    expect(digestOf(messages, 15, true)).toEqual({ since: 15, whole: true, ...nothing });
  });
});
