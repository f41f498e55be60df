import { type UIEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Loaded } from "../../words/pages.ts";
import { useHand } from "./use-hand.ts";

const nearTop = 800;
const nearEnd = 40;

/**
 * Stays at the end until the person scrolls up, whatever grows or shrinks; asks for older messages near the top. What is read
 * keeps its place when they come in above it: `shift` is true for the one drawing that adds them.
 */
export function useScrollPlace(loaded: Loaded | undefined, older: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const virtual = useRef<VirtualizerHandle>(null);
  const place = useRef({ atEnd: true, top: 0 });
  const drawn = useRef(loaded?.from);
  const [atEnd, setAtEnd] = useState(true);
  const hand = useHand();
  const shift = drawn.current !== undefined && loaded !== undefined && loaded.from < drawn.current;

  const settle = useCallback((end: boolean, top: number) => {
    place.current = { atEnd: end, top };
    setAtEnd(end);
  }, []);

  useEffect(() => {
    const follow = () => {
      const { current: scroller } = list;
      if (!scroller || !place.current.atEnd) return;
      // What the person has just opened grows downwards from where it was clicked.
      if (hand.opened()) settle(gapOf(scroller) < nearEnd, scroller.scrollTop);
      else scroller.scrollTop = scroller.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    for (const element of [list.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, [hand, settle]);

  useLayoutEffect(() => {
    drawn.current = loaded?.from;
  }, [loaded]);

  /** The start is near, or everything loaded can be seen at once. */
  function reachBack(): void {
    const { scrollSize, viewportSize } = virtual.current ?? noList;
    const short = scrollSize <= viewportSize;
    // The element's own word: the list hears of a scroll only after us.
    const top = list.current?.scrollTop ?? 0;
    if (loaded && loaded.from > 0 && (short || (!place.current.atEnd && top < nearTop))) older();
  }
  useEffect(reachBack);

  function onScroll({ currentTarget }: UIEvent<HTMLElement>): void {
    const { scrollTop: top } = currentTarget;
    // Growing or shrinking content moves the end away; only a person who scrolls up leaves it.
    const leaves = top < place.current.top && hand.scrolls();
    settle((place.current.atEnd && !leaves) || gapOf(currentTarget) < nearEnd, top);
    reachBack();
  }

  function toEnd(): void {
    if (!list.current) return;
    // By the list's own hand: it may still be on its way to a message, and would go on to it.
    virtual.current?.scrollTo(beyondTheEnd);
    list.current.scrollTop = list.current.scrollHeight;
    settle(true, list.current.scrollTop);
  }

  function toMessage(seq: number): void {
    if (!loaded || seq < loaded.from) return;
    settle(false, place.current.top);
    virtual.current?.scrollToIndex(seq - loaded.from, { align: "center" });
  }

  return { list, content, virtual, shift, atEnd, hands: { ...hand.hands, onScroll }, toEnd, toMessage };
}

const beyondTheEnd = 1e9;
const noList = { scrollSize: 0, viewportSize: 0 };
const gapOf = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => scrollHeight - scrollTop - clientHeight;
