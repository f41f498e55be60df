import fc from "fast-check";
import { expect, test } from "vitest";
import { createTypist, pieces } from "./typist.ts";

test("pieces make up the text, cut no character in half, and are never longer than a character more", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 5 }), (text, most) => {
      const cut = pieces(text, most);
      expect(cut.join("")).toBe(text);
      for (const piece of cut) expect(piece.length).toBeLessThanOrEqual(most + 1);
      for (const piece of cut.slice(0, -1)) expect(piece).not.toMatch(/[\ud800-\udbff]$/);
    }),
  );
  expect(pieces("")).toEqual([]);
});

test("texts go one after another, also behind one that failed", async () => {
  const sent: string[] = [];
  const type = createTypist(async (text) => {
    await Promise.resolve();
    if (text === "bad") throw new Error("refused");
    sent.push(text);
  });
  const all = ["a", "bad", "b"].map((text) => type(text));
  await expect(all[1]).rejects.toThrow("refused");
  await Promise.all([all[0], all[2]]);
  expect(sent).toEqual(["a", "b"]);
});
