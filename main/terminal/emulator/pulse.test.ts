import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPulse } from "./pulse.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("many beats within the time are told once, to every listener", () => {
  const pulse = createPulse(16);
  const told: string[] = [];
  pulse.listen(() => told.push("a"));
  pulse.listen(() => told.push("b"));
  for (let beat = 0; beat < 100; beat++) pulse.beat();
  vi.advanceTimersByTime(16);
  expect(told).toEqual(["a", "b"]);
  pulse.beat();
  vi.advanceTimersByTime(16);
  expect(told).toHaveLength(4);
});

test("without listeners there is no timer, and none is left behind", () => {
  const pulse = createPulse(16);
  pulse.beat();
  expect(vi.getTimerCount()).toBe(0);
  const listening = pulse.listen(() => undefined);
  pulse.beat();
  expect(vi.getTimerCount()).toBe(1);
  listening[Symbol.dispose]();
  expect(vi.getTimerCount()).toBe(0);
});

test("a function that listens twice is told twice, and leaves once", () => {
  const pulse = createPulse(16);
  let told = 0;
  const count = () => told++;
  const first = pulse.listen(count);
  pulse.listen(count);
  first[Symbol.dispose]();
  pulse.beat();
  vi.advanceTimersByTime(16);
  expect(told).toBe(1);
});
