import { describe, expect, test } from "vitest";
import * as z from "zod";
import { TeamError } from "../../contract/error.ts";
import { forgive, parseArguments } from "./arguments.ts";

const properties = {
  name: { type: "string" },
  ids: { type: "array" },
  answers: { type: "object" },
  wait: { type: "boolean" },
  timeout: { type: "number" },
};

describe("what is forgiven", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["null counts as absent", { name: null, wait: true }, { wait: true }],
    ["unknown names are left out", { name: "a", colour: "red" }, { name: "a" }],
    ["a list may come as JSON text", { ids: '["a","b"]' }, { ids: ["a", "b"] }],
    ["an object may come as JSON text", { answers: '{"q":"a"}' }, { answers: { q: "a" } }],
    ["a boolean and a number may come as text", { wait: "false", timeout: "60" }, { wait: false, timeout: 60 }],
    ["a text stays one, whatever it looks like", { name: '["a"]' }, { name: '["a"]' }],
    ["what is no JSON stays as it is", { ids: "a,b" }, { ids: "a,b" }],
    ["names that every object has are unknown names", JSON.parse('{"__proto__":{"wait":true},"constructor":1}'), {}],
  ])("%s", (_, given, expected) => expect(forgive(given, properties)).toEqual(expected));
});

describe("what is not", () => {
  const schema = z.object({ ids: z.array(z.string()).min(1), timeout: z.number().max(3600) });

  test("every field that does not fit is named", () => {
    const parse = () => parseArguments(schema, { ids: [1], timeout: 9999 });
    expect(parse).toThrow(TeamError);
    expect(parse).toThrow(/ids\.0: .*string.*; timeout: .*3600/);
  });

  test("no arguments at all are named so", () => expect(() => parseArguments(schema, 7)).toThrow(/^arguments: /));
});
