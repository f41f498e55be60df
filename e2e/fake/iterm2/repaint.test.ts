import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { realDelays } from "./happening.ts";
import { createRepaint } from "./repaint.ts";
import type { Session } from "./session.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How often it is told that a session was drawn, which draws something every 5 ms. */
function toldWithin(ms: number, isInSight: boolean): number {
  let told = 0;
  const { dirty } = createRepaint(
    realDelays,
    () => isInSight,
    () => told++,
  );
  const session = {} as Session;
  for (let at = 0; at < ms; at += 5) {
    dirty(session);
    vi.advanceTimersByTime(5);
  }
  return told;
}

test("what is in sight and busy is told at most 60 times a second", () => {
  expect(toldWithin(1000, true)).toBeGreaterThan(45);
  expect(toldWithin(1000, true)).toBeLessThanOrEqual(60);
});

test("what is out of sight is told about once a second", () => {
  expect(toldWithin(5000, false)).toBeOneOf([4, 5, 6]);
});

test("what was quiet is told within a second, then at once", () => {
  const told: number[] = [];
  const { dirty } = createRepaint(
    realDelays,
    () => true,
    () => told.push(performance.now()),
  );
  const session = {} as Session;
  dirty(session);
  vi.advanceTimersByTime(10_000);
  const woken = performance.now();
  dirty(session);
  vi.advanceTimersByTime(1000);
  dirty(session);
  vi.advanceTimersByTime(20);
  expect(told).toHaveLength(3);
  expect((told[1] ?? 0) - woken).toBeGreaterThan(0);
  expect((told[2] ?? 0) - woken).toBeLessThanOrEqual(1020);
});
