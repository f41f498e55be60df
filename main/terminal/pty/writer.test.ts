import fc from "fast-check";
import { expect, test } from "vitest";
import { createWriter } from "./writer.ts";

/** A terminal that takes as many bytes as it is told each time, 0 first when the list is over. */
function narrow(room: readonly number[]) {
  const taken: Buffer[] = [];
  let turn = 0;
  const put = (bytes: Buffer): number => {
    const size = Math.min(bytes.length, room[turn++ % room.length] ?? 1);
    taken.push(Buffer.from(bytes.subarray(0, size)));
    return size;
  };
  return { put, text: () => Buffer.concat(taken).toString("utf8") };
}

test("everything arrives once and in order, whatever room there is", async () => {
  const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 20 });
  const room = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 4 })
    .filter((sizes) => sizes.some(Boolean));
  await fc.assert(
    fc.asyncProperty(texts, room, async (given, sizes) => {
      const terminal = narrow(sizes);
      const writer = createWriter(terminal.put);
      const done: number[] = [];
      await Promise.all(given.map((text, index) => writer.write(text).then(() => done.push(index))));
      expect(terminal.text()).toBe(given.join(""));
      expect(done).toEqual(given.map((_, index) => index));
    }),
    { numRuns: 30 },
  );
});

test("what waits at the end is refused with its reason, and so is all after it", async () => {
  const writer = createWriter(() => 0);
  const first = writer.write("a");
  const second = writer.write("b");
  writer.end(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await expect(second).rejects.toThrow("gone");
  await expect(writer.write("c")).rejects.toThrow("gone");
});

test("a failing terminal refuses what waits", async () => {
  const writer = createWriter(() => {
    throw new Error("EIO");
  });
  await expect(writer.write("a")).rejects.toThrow("EIO");
});
