import fc from "fast-check";
import { expect, test } from "vitest";
import type { Message, ToolCall } from "../../contract/message.ts";
import { createFinder, inTool, nextMatch } from "./search.ts";

const tool: ToolCall = { id: "t", name: "Bash", title: "npm test", input: "{}", result: "412 passed", state: "done" };
const message = (seq: number, patch: Partial<Message>) =>
  ({ seq, text: "", thinking: "", tools: [], problem: null, ...patch }) as Message;
const messages = [
  message(3, { text: "The Cart is wrong" }),
  message(4, { thinking: "the cart?" }),
  message(5, { tools: [tool] }),
];

test.each([
  ["cart", [3, 4]],
  ["PASSED", [5]],
  ["bash npm", [5]],
  ["nowhere", []],
  ["  ", []],
  ["", []],
])("%j is found in texts, thinking and tools alike", (words, found) => {
  expect(createFinder()(messages, words)).toEqual(found);
});

test("whatever was looked for before, in more or fewer messages, the same is found", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "C", " "), maxLength: 3 });
  const some = fc.array(word, { maxLength: 6 }).map((texts) => texts.map((text, seq) => message(seq, { text })));
  fc.assert(
    fc.property(some, fc.array(fc.tuple(word, fc.nat(6))), (all, sought) => {
      const find = createFinder();
      for (const [words, from] of sought)
        expect(find(all.slice(from), words)).toEqual(createFinder()(all.slice(from), words));
    }),
  );
});

test("a tool is opened for what stands inside it, not for its title", () => {
  expect([inTool(tool, "412"), inTool(tool, "npm")]).toEqual([true, false]);
});

test("matches are gone through in both directions, round at the ends, the newest first", () => {
  const found = [3, 4, 9];
  expect(nextMatch(found, undefined, 1)).toBe(9);
  expect(nextMatch(found, 9, 1)).toBe(3);
  expect(nextMatch(found, 3, -1)).toBe(9);
  expect(nextMatch(found, 7, 1)).toBe(9);
  expect(nextMatch([], 3, 1)).toBeUndefined();
});
