import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message, Page, ToolCall } from "../../contract/message.ts";
import { firstUnsettled, joinPage, type Loaded } from "./pages.ts";

const message = (seq: number, text = "", tools: Pick<ToolCall, "state">[] = []) => ({ seq, text, tools }) as Message;
const page = (from: number, to: number, total: number, text = ""): Page => ({
  messages: Array.from({ length: to - from }, (_, i) => message(from + i, text)),
  from,
  to,
  total,
});

describe("pages of a history", () => {
  test("join to one stretch without gaps or doubles, however they come", () => {
    const bounds = fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]) => page(Math.min(a, b), Math.max(a, b), 50));
    fc.assert(
      fc.property(fc.array(bounds, { minLength: 1 }), (pages) => {
        const { messages, from, to } = pages.reduce<Loaded | undefined>(joinPage, undefined) as Loaded;
        expect(messages.map((m) => m.seq)).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
      }),
    );
  });

  test("bring what is new where they overlap", () => {
    const joined = joinPage(page(0, 4, 4, "old"), page(3, 6, 6, "new"));
    expect(joined.messages.map((m) => m.text)).toEqual(["old", "old", "old", "new", "new", "new"]);
    expect(joined).toMatchObject({ from: 0, to: 6, total: 6 });
  });

  test("replace what is loaded when they do not touch it, or when the history became shorter", () => {
    expect(joinPage(page(0, 5, 5), page(9, 12, 12))).toMatchObject({ from: 9, to: 12 });
    expect(joinPage(page(0, 8, 8), page(0, 3, 3))).toMatchObject({ from: 0, to: 3 });
  });
});

describe("what is read again", () => {
  test("begins with the first message whose tools still run, else with the last one", () => {
    const settled = { ...page(0, 3, 3), messages: [message(0), message(1), message(2)] };
    expect(firstUnsettled(settled)).toBe(2);
    const running = [message(0), message(1, "", [{ state: "running" }]), message(2)];
    expect(firstUnsettled({ ...settled, messages: running })).toBe(1);
  });

  test("never begins far above, whatever a crash has left there", () => {
    const messages = Array.from({ length: 60 }, (_, i) => message(i, "", i === 3 ? [{ state: "running" }] : []));
    expect(firstUnsettled({ messages, from: 0, to: 60, total: 60 })).toBe(59);
  });
});
