import type { KeyboardEvent, MouseEvent, WheelEvent } from "react";
import { expect, test } from "vitest";
import { createHand } from "./use-hand.ts";

const scroller = { scrollTop: 500 };
const event = <E>(patch: object) => ({ currentTarget: scroller, deltaY: 0, ...patch }) as E;
const after = (act: (hands: ReturnType<typeof createHand>["hands"]) => void) => {
  const hand = createHand();
  act(hand.hands);
  return hand.scrolls();
};

test("a wheel, a key, a finger and the scroll bar announce that the person scrolls up, until it has come to rest", () => {
  const hand = createHand();
  hand.hands.onWheel(event<WheelEvent>({ deltaY: -3 }));
  expect(hand.scrolls()).toBe(true);
  hand.hands.onScrollEndCapture();
  expect(hand.scrolls()).toBe(false);
  expect(after((hands) => hands.onKeyDown(event<KeyboardEvent>({ key: "PageUp" })))).toBe(true);
  expect(after((hands) => hands.onKeyDown(event<KeyboardEvent>({ key: " ", shiftKey: true })))).toBe(true);
  expect(after((hands) => hands.onTouchMove())).toBe(true);
  expect(after((hands) => hands.onPointerDown(event<MouseEvent>({ target: scroller })))).toBe(true);
});

test("what cannot scroll it up announces nothing", () => {
  const wheel = (patch: object) => after((hands) => hands.onWheel(event<WheelEvent>({ deltaY: -3, ...patch })));
  expect(wheel({ deltaY: 3 })).toBe(false);
  expect(wheel({ ctrlKey: true })).toBe(false);
  expect(wheel({ shiftKey: true })).toBe(false);
  expect(wheel({ currentTarget: { scrollTop: 0 } })).toBe(false);
  expect(after((hands) => hands.onKeyDown(event<KeyboardEvent>({ key: "c" })))).toBe(false);
  expect(after((hands) => hands.onPointerDown(event<MouseEvent>({ target: {} })))).toBe(false);
});
