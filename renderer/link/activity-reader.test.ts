import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ActivityEntry, ActivityPage } from "../../contract/activity.ts";
import { activityKept } from "../../contract/reduce.ts";
import { type ActivityReading, createActivityReader, type PageRange } from "./activity-reader.ts";

const turn = () => new Promise(setImmediate);

/** A team in which things happen, and the timeline of it as main keeps it. */
function timeline(happened = 0) {
  let last = happened;
  const state = { fails: false };
  const ranges: PageRange[] = [];
  const shown: ActivityReading[] = [];
  const from = (first: number, to: number): ActivityEntry[] =>
    Array.from({ length: Math.max(0, to - first) }, (_, i) => ({ seq: first + i }) as ActivityEntry);
  const read = async (range: PageRange): Promise<ActivityPage> => {
    ranges.push(range);
    if (state.fails) throw new Error("not now");
    const { limit, before = last + 1 } = range;
    const first = Math.max(1, before - limit);
    return { entries: from(first, before).reverse(), more: first > 1 };
  };
  const reader = createActivityReader(read, (reading) => shown.push(reading));
  /** The newest entries, as they stand in the state once so many more things happened. */
  const happen = (more: number) => {
    last += more;
    reader.live(from(Math.max(1, last - activityKept + 1), last + 1));
  };
  const seqs = () => shown.at(-1)?.entries.map(({ seq }) => seq) ?? [];
  return { state, ranges, happen, seqs, last: () => shown.at(-1), total: () => last, ...reader };
}

/** Every number from the highest down to the lowest. */
const unbroken = ([newest = 0, ...rest]: readonly number[]) => rest.every((seq, i) => seq === newest - 1 - i);
const countdown = (to: number) => Array.from({ length: to }, (_, i) => to - i);

describe("the timeline on an open page", () => {
  test("begins with what is newest, and goes on before it page by page", async () => {
    const { happen, older, last, seqs } = timeline(400);
    happen(0);
    expect(last()).toMatchObject({ more: true, reading: true });
    expect(seqs()).toHaveLength(activityKept);
    await turn();
    expect([seqs().length, unbroken(seqs())]).toEqual([150, true]);
    older();
    await turn();
    expect([seqs().length, unbroken(seqs())]).toEqual([250, true]);
    expect(last()).toMatchObject({ more: true, reading: false });
  });

  test("keeps what it has shown, however much happens one by one, without asking for it", async () => {
    const { happen, seqs, ranges } = timeline(10);
    happen(0);
    await turn();
    for (let i = 0; i < 200; i++) happen(1);
    expect(seqs()).toEqual(countdown(210));
    expect(ranges).toHaveLength(1);
  });

  test("fills what it missed while nobody told it, back to where it was", async () => {
    const { happen, older, seqs } = timeline(400);
    happen(0);
    await turn();
    older();
    await turn();
    expect(seqs().at(-1)).toBe(151);
    happen(300);
    expect(unbroken(seqs())).toBe(true);
    await turn();
    expect([seqs()[0], seqs().at(-1), unbroken(seqs())]).toEqual([700, 151, true]);
  });

  test("that cannot be read shows no hole but what follows it, and says why; it is read on with the next try", async () => {
    const { happen, again, seqs, last, state } = timeline(400);
    happen(0);
    await turn();
    state.fails = true;
    happen(300);
    await turn();
    expect(seqs()).toEqual(countdown(700).slice(0, activityKept));
    expect(last()).toMatchObject({ more: true, reading: false, failure: new Error("not now") });
    state.fails = false;
    again();
    await turn();
    expect([seqs().at(-1), unbroken(seqs())]).toEqual([251, true]);
    expect(last()).toMatchObject({ failure: undefined });
  });

  test("has no hole, whatever happens in whatever order, and is whole when it is saved", async () => {
    const step = fc.oneof(fc.nat(120), fc.constantFrom("older", "turn", "fail", "mend"));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { happen, older, again, seqs, state, all, total } = timeline();
        happen(0);
        for (const what of steps) {
          if (typeof what === "number") happen(what);
          else if (what === "older") older();
          else if (what === "turn") await turn();
          else state.fails = what === "fail";
          expect(unbroken(seqs())).toBe(true);
        }
        state.fails = false;
        expect((await all()).map(({ seq }) => seq)).toEqual(countdown(total()));
        again();
        await turn();
        expect(unbroken(seqs())).toBe(true);
        expect(seqs()[0] ?? 0).toBe(total());
      }),
    );
  });
});
