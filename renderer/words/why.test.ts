import { expect, test } from "vitest";
import type { Reason } from "../../contract/worker.ts";
import { weighed } from "./why.ts";

const since = 1_000_000;
const says = (signal: Reason["signal"], before: number, agrees: boolean): Reason => ({
  signal,
  says: signal,
  at: since - before,
  agrees,
});
const told = (...why: Reason[]) => weighed({ why, since }).map(({ reason, counts }) => `${reason.says} ${counts}`);

test("what agrees comes before what was overruled", () => {
  expect(told(says("transcript", 10, false), says("live", 10, true))).toEqual(["live agrees", "transcript overruled"]);
});

test("what the screen showed before the phase began is from before, whether it agrees or not", () => {
  expect(told(says("screen", 60_000, true), says("live", 0, true))).toEqual(["live agrees", "screen earlier"]);
  expect(told(says("screen", 60_000, false), says("live", 0, true))).toEqual(["live agrees", "screen earlier"]);
});

test("what the screen showed as the phase began counts, and so does an old signal that stands until it changes", () => {
  expect(told(says("screen", 200, true), says("live", 60_000, true))).toEqual(["screen agrees", "live agrees"]);
});
