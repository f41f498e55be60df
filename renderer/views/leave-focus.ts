import { type RefObject, useLayoutEffect, useRef } from "react";

/** For what goes away once it was used: the focus that is in it then goes to the worker's page instead of getting lost. */
export function useLeaveFocus<T extends HTMLElement>(): RefObject<T | null> {
  const place = useRef<T>(null);
  useLayoutEffect(() => {
    const shown = place.current;
    return () => {
      if (shown?.contains(document.activeElement)) shown.closest<HTMLElement>("article")?.focus();
    };
  }, []);
  return place;
}
