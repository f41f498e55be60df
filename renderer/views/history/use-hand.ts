import { type MouseEvent, useState } from "react";

/** So long after it was touched, what moves is the person's doing: a wheel runs out, a finger's swing too. */
const afterMs = 600;
/** A scroll bar may be held for long, and tells nothing of it. */
const heldMs = 10_000;

/** Tells a person's doing in a scrolled element from what moves by itself. */
export function useHand() {
  const [hand] = useState(createHand);
  return hand;
}

function createHand() {
  let scrollsUntil = 0;
  let openedUntil = 0;
  const within = (ms: number) => () => {
    scrollsUntil = Math.max(scrollsUntil, performance.now() + ms);
  };
  const onClickCapture = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("summary, button")) openedUntil = performance.now() + afterMs;
  };
  const onPointerDown = ({ target, currentTarget }: MouseEvent) => {
    // A scroll bar belongs to the scrolled element itself.
    if (target === currentTarget) within(heldMs)();
  };
  return {
    scrolls: () => performance.now() < scrollsUntil,
    /** Something in it was opened or closed just now. */
    opened: () => performance.now() < openedUntil,
    hands: {
      onWheel: within(afterMs),
      onTouchMove: within(afterMs),
      onKeyDown: within(afterMs),
      onPointerDown,
      onClickCapture,
    },
  };
}
