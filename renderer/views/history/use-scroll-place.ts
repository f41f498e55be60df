import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Loaded } from "../../words/pages.ts";

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
  const place = useRef({ atEnd: true, top: 0, sizes: "" });
  const drawn = useRef(loaded?.from);
  const [atEnd, setAtEnd] = useState(true);
  const shift = drawn.current !== undefined && loaded !== undefined && loaded.from < drawn.current;

  useEffect(() => {
    const follow = () => {
      if (list.current && place.current.atEnd) list.current.scrollTop = list.current.scrollHeight;
    };
    const observer = new ResizeObserver(follow);
    for (const element of [list.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    drawn.current = loaded?.from;
  }, [loaded]);

  /** The start is near, or everything loaded can be seen at once. */
  function reachBack(): void {
    const { scrollOffset, scrollSize, viewportSize } = virtual.current ?? noList;
    const short = scrollSize <= viewportSize;
    if (loaded && loaded.from > 0 && (short || (!place.current.atEnd && scrollOffset < nearTop))) older();
  }
  useEffect(reachBack);

  function onScroll(): void {
    const { scrollOffset: top, scrollSize, viewportSize } = virtual.current ?? noList;
    // Growing or shrinking content moves the end away; only scrolling up leaves it.
    const sizes = `${scrollSize} ${viewportSize}`;
    const stays = place.current.atEnd && (top >= place.current.top || sizes !== place.current.sizes);
    place.current = { atEnd: stays || scrollSize - top - viewportSize < nearEnd, top, sizes };
    setAtEnd(place.current.atEnd);
    reachBack();
  }

  function toEnd(): void {
    place.current.atEnd = true;
    setAtEnd(true);
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }

  function toMessage(seq: number): void {
    if (!loaded || seq < loaded.from) return;
    place.current.atEnd = false;
    setAtEnd(false);
    virtual.current?.scrollToIndex(seq - loaded.from, { align: "center" });
  }

  return { list, content, virtual, shift, atEnd, onScroll, toEnd, toMessage };
}

const noList = { scrollOffset: 0, scrollSize: 0, viewportSize: 0 };
