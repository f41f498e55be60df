import { describe, expect, test } from "vitest";
import * as z from "zod";
import { TeamError } from "../../contract/error.ts";
import { forgive, parseArguments, strangers } from "./arguments.ts";

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
    ["only what is known goes on", { name: "a", colour: "red", _meta: {} }, { name: "a" }],
    ["a list may come as JSON text", { ids: '["a","b"]' }, { ids: ["a", "b"] }],
    ["an object may come as JSON text", { answers: '{"q":"a"}' }, { answers: { q: "a" } }],
    ["a boolean and a number may come as text", { wait: "false", timeout: "60" }, { wait: false, timeout: 60 }],
    ["a text stays one, whatever it looks like", { name: '["a"]' }, { name: '["a"]' }],
    ["what is no JSON stays as it is", { ids: "a,b" }, { ids: "a,b" }],
    ["names that every object has are not known", JSON.parse('{"__proto__":{"wait":true},"constructor":1}'), {}],
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

describe("a name that nothing has", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ["is told with the nearest", { tiemout: 5 }, ['no argument is called "tiemout", the nearest is timeout']],
    [
      "is told with all when none is near",
      { colour: "red" },
      ['no argument is called "colour", the tool takes name, ids, answers, wait, timeout'],
    ],
    ["is harmless when it says nothing", { colour: null }, []],
    ["is a client's own when it begins with an underscore", { _meta: { a: 1 }, __proto: 1 }, []],
    [
      "may be one that every object has",
      { constructor: 1 },
      ['no argument is called "constructor", the tool takes name, ids, answers, wait, timeout'],
    ],
  ])("%s", (_, given, faults) => expect(strangers(given, properties)).toEqual(faults));

  test("is cut, and a multitude of them too", () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}`.padEnd(10_000, "x"), 1]));
    expect(strangers(many, properties).join("").length).toBeLessThan(1000);
  });

  test("is told together with what else does not fit", () => {
    const parse = () => parseArguments(z.object({ name: z.string() }), {}, ['no argument is called "nmae"']);
    expect(parse).toThrow(/^no argument is called "nmae"; name: /);
  });
});
