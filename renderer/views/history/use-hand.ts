import { type KeyboardEvent, type MouseEvent, useState, type WheelEvent } from "react";

/** So long after a click, what grows was opened by it. */
const afterMs = 600;
const upwards = new Set(["ArrowUp", "PageUp", "Home"]);

/** Tells a person's doing in a scrolled element from what moves by itself. */
export function useHand() {
  const [hand] = useState(createHand);
  return hand;
}

/**
 * What moves up after a wheel, a key, a finger or a scroll bar is the person's doing until it has come to rest, however long the
 * page takes to draw it. What cannot scroll it up announces nothing.
 */
export function createHand() {
  let scrolls = false;
  let openedUntil = 0;
  const begins = () => {
    scrolls = true;
  };
  const ends = () => {
    scrolls = false;
  };
  const canGoUp = ({ currentTarget }: { currentTarget: EventTarget & Element }) => currentTarget.scrollTop > 0;

  const onWheel = (event: WheelEvent) => {
    // With Ctrl it enlarges, with Shift it goes sideways.
    if (event.deltaY < 0 && !event.ctrlKey && !event.shiftKey && canGoUp(event)) begins();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if ((upwards.has(event.key) || (event.key === " " && event.shiftKey)) && canGoUp(event)) begins();
  };
  const onPointerDown = ({ target, currentTarget }: MouseEvent) => {
    // A scroll bar belongs to the scrolled element itself; it may be held for long, and tells nothing of it.
    if (target === currentTarget) begins();
  };
  const onClickCapture = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("summary, button")) openedUntil = performance.now() + afterMs;
  };
  return {
    scrolls: () => scrolls,
    /** Something in it was opened or closed just now. */
    opened: () => performance.now() < openedUntil,
    /** The end of a scroll inside it counts too: that one took the wheel. */
    hands: { onWheel, onTouchMove: begins, onKeyDown, onPointerDown, onClickCapture, onScrollEndCapture: ends },
  };
}
