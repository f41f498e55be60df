import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Entry } from "./entry.ts";
import { readEntry } from "./read-entry.ts";
import { skim } from "./skip.ts";
import { recordings, result } from "./test-kit.ts";

vi.setConfig({ testTimeout: 30_000 });

const lines = [...recordings.values()].flatMap((bytes) => bytes.toString("utf8").split("\n").filter(Boolean));

/** What a skimmed long result keeps: that it answers a call. */
const essence = (entry: Entry) =>
  entry.is === "returned" ? { is: entry.is, ids: entry.results.map(({ id }) => id) } : entry;

function reorder(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => reorder(item, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => ({ key, inner, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, inner }) => [key, reorder(inner, random)]));
}

/** A small generator of its own, so that a failure can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function expectSame(json: string): void {
  const bytes = Buffer.from(json);
  const full = readEntry(bytes);
  const whole = skim(bytes, "whole");
  if (full.is === "other") expect(whole.is, json.slice(0, 300)).toBe("other");
  else expect(whole, json.slice(0, 300)).toEqual(full);
  const light = skim(bytes, "calls");
  if (full.is === "other") expect(light.is).toBe("other");
  else expect(essence(light), json.slice(0, 300)).toEqual(essence(full));
}

const filler = (length: number, seed: number) => {
  const random = randomFrom(seed);
  const bits = ['"tool_use_id":"x"', '{"type":"assistant"}', "\\", '"', "\n", "\u2028", "漢", "plain words ", "}]"];
  let words = "";
  while (words.length < length) words += bits[Math.floor(random() * bits.length)];
  return words;
};

describe("what is left out without parsing", () => {
  test("is nothing that a full reading would keep, on every recorded line", () => {
    for (const json of lines) expectSame(json);
  });

  test("also when keys stand in another order", () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(), (index, seed) => {
        expectSame(JSON.stringify(reorder(JSON.parse(lines[index]!), randomFrom(seed))));
      }),
      { numRuns: 400 },
    );
  });

  test("also when long texts that look like structure stand inside", () => {
    const kinds = lines.filter(
      (json) => /"type":"(user|assistant|system|attachment)"/.test(json) && json.length < 4000,
    );
    fc.assert(
      fc.property(fc.nat(kinds.length - 1), fc.nat(), fc.nat(60_000), fc.boolean(), (index, seed, length, nested) => {
        const random = randomFrom(seed);
        const raw = JSON.parse(kinds[index]!) as Record<string, unknown> & { message?: { content?: unknown } };
        raw[`x${seed % 7}`] = nested ? { type: "user", tool_use_id: filler(length, seed) } : filler(length, seed);
        const content = raw.message?.content;
        if (Array.isArray(content) && content[0])
          content[0].extra = { tool_use_id: "nested", text: filler(length, seed) };
        expectSame(JSON.stringify(random() < 0.5 ? reorder(raw, random) : raw));
      }),
      { numRuns: 300 },
    );
  });

  test("any bytes at all are read without a throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(lines.length - 1), fc.nat(), (bytes, index, cut) => {
        const torn = Buffer.from(lines[index]!).subarray(cut % lines[index]!.length);
        expect(skim(Buffer.from(bytes), "calls").is).toBe("other");
        expect(skim(Buffer.concat([torn, Buffer.from(bytes)]), "whole")).toBeDefined();
      }),
    );
  });

  test("a long tool result is not parsed where its call is enough", () => {
    const long = Buffer.from(result("t1", "x".repeat(50_000)));
    expect(skim(long, "calls")).toMatchObject({ is: "returned", results: [{ id: "t1", text: "" }] });
    const two = JSON.parse(long.toString());
    two.message.content.push({ tool_use_id: "t2", type: "tool_result", content: "y" });
    expect(skim(Buffer.from(JSON.stringify(two)), "calls")).toMatchObject({ results: [{ id: "t1" }, { id: "t2" }] });
    expect(skim(long, "whole")).toMatchObject({
      is: "returned",
      results: [{ id: "t1", text: `${"x".repeat(3999)}…` }],
    });
  });
});
