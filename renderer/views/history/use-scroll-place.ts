import { useEffect, useLayoutEffect, useRef } from "react";
import type { Loaded } from "../../words/pages.ts";

const nearTop = 120;
const nearEnd = 40;

/**
 * Stays at the end until the person scrolls up, whatever grows or shrinks; asks for older messages near the top, and keeps
 * what is read in its place when they come in above it.
 */
export function useScrollPlace(loaded: Loaded | undefined, older: () => void) {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const place = useRef({ atEnd: true, top: 0, fromEnd: 0, from: loaded?.from });

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (list.current && place.current.atEnd) list.current.scrollTop = list.current.scrollHeight;
    });
    if (list.current) observer.observe(list.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const { atEnd, fromEnd, from } = place.current;
    place.current.from = loaded?.from;
    if (list.current && !atEnd && from !== loaded?.from) list.current.scrollTop = list.current.scrollHeight - fromEnd;
  }, [loaded]);

  function onScroll(): void {
    if (!list.current) return;
    const { scrollTop: top, scrollHeight, clientHeight } = list.current;
    const fromEnd = scrollHeight - top;
    // Growing content moves the end away; only scrolling up leaves it.
    const stays = place.current.atEnd && top >= place.current.top;
    const atEnd = stays || fromEnd - clientHeight < nearEnd;
    place.current = { ...place.current, atEnd, top, fromEnd };
    if (!atEnd && top < nearTop && loaded && loaded.from > 0) older();
  }

  return { list, content, onScroll };
}
