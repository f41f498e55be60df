import { type RefObject, useEffect, useRef } from "react";

/** For a page that takes the list's place in a narrow window: the focus must not stay behind in what is hidden now. */
export function useTakeFocus(): RefObject<HTMLElement | null> {
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || !focused.checkVisibility()) page.current?.focus();
  }, []);
  return page;
}
