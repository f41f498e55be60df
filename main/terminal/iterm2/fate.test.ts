import { expect, test } from "vitest";
import { type Fate, fateOf, isAlive, type Traces } from "./fate.ts";

const alive: Traces = { isListed: true, wasTerminated: false, isAlive: true, isEnding: false };
const closed = { is: "lost", why: "its iTerm2 pane was closed" } as const;

test.each<[string, Partial<Traces>, Fate]>([
  ["lives in its pane", {}, { is: "there" }],
  ["is listed again after a termination was told of it", { wasTerminated: true }, { is: "there" }],
  ["was killed in its pane", { isAlive: false }, { is: "lost", why: "its process was killed" }],
  ["was closed, with its process", { isListed: false, isAlive: false }, closed],
  ["was closed, and its process is about to end", { isListed: false, wasTerminated: true }, closed],
  ["is dragged about, or was closed and can be brought back", { isListed: false }, { is: "hidden" }],
  ["has ended and shows its last words", { isEnding: true, isAlive: false }, { is: "there" }],
  ["has ended, and its pane is gone", { isEnding: true, isListed: false }, { is: "gone" }],
])("a session that %s", (_, traces, fate) => {
  expect(fateOf({ ...alive, ...traces })).toEqual(fate);
});

test("a process lives until it is nobody's", () => {
  expect([isAlive(process.pid), isAlive(2 ** 30)]).toEqual([true, false]);
});
