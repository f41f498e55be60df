import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sweep } from "./sweep.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many looks were taken in the next so many milliseconds. */
function looksIn(ms: number, looks: { mock: { calls: unknown[] } }): number {
  const before = looks.mock.calls.length;
  vi.advanceTimersByTime(ms);
  return looks.mock.calls.length - before;
}

describe("a sweep", () => {
  test("looks every 2 s, and every 30 s when nothing has stirred for a while", () => {
    const look = vi.fn();
    using _sweep = sweep(look);
    expect(looksIn(10_000, look)).toBe(5);
    vi.advanceTimersByTime(20_000);
    expect(looksIn(60_000, look)).toBe(2);
  });

  test("looks often again 2 s after any of them has stirred", () => {
    const [one, other] = [vi.fn(), vi.fn()];
    using _one = sweep(one);
    using stirring = sweep(other);
    vi.advanceTimersByTime(60_000);
    stirring.stir();
    expect([looksIn(2000, one), looksIn(8000, other)]).toEqual([1, 4]);
  });

  test("looks often again when another one joins", () => {
    const look = vi.fn();
    using _resting = sweep(vi.fn());
    vi.advanceTimersByTime(60_000);
    using _joining = sweep(look);
    expect(looksIn(10_000, look)).toBe(5);
  });

  test("never rests while one stirs at every look", () => {
    const look = vi.fn(() => stirring.stir());
    using stirring = sweep(look);
    vi.advanceTimersByTime(60_000);
    expect(looksIn(10_000, look)).toBe(5);
  });

  test("ends with its last look's owner, who may leave while being looked after", () => {
    const look = vi.fn(() => leaving[Symbol.dispose]());
    const leaving = sweep(look);
    expect([looksIn(60_000, look), vi.getTimerCount()]).toEqual([1, 0]);
  });
});
