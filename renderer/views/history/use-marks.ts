import { type RefObject, useEffect } from "react";

const name = "found";

/** Marks these words wherever they can be seen in the element, without touching what React has drawn there. */
export function useMarks(place: RefObject<HTMLElement | null>, words: string): void {
  useEffect(() => {
    const element = place.current;
    if (!element || !words.trim() || !("highlights" in CSS)) return;
    const mark = () => CSS.highlights.set(name, new Highlight(...rangesOf(element, words.toLowerCase())));
    const observer = new MutationObserver(mark);
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    mark();
    return () => {
      observer.disconnect();
      CSS.highlights.delete(name);
    };
  }, [place, words]);
}

function rangesOf(element: HTMLElement, wanted: string): Range[] {
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = (node.nodeValue ?? "").toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + wanted.length, node.nodeValue?.length ?? 0));
      ranges.push(range);
    }
  }
  return ranges;
}
