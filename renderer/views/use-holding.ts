import { type FocusEvent, useEffect, useRef, useState } from "react";

/** A pointer that lies still so long has left the list to itself. */
const restMs = 3000;

/** Whether a person points at the list, or moves in it by keyboard, right now. */
export function useHolding() {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function hold(): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHolding(false), restMs);
    setHolding(true);
  }

  function letGo(): void {
    clearTimeout(timer.current);
    setHolding(false);
  }

  function onBlur({ currentTarget, relatedTarget }: FocusEvent): void {
    if (!currentTarget.contains(relatedTarget)) letGo();
  }

  useEffect(() => () => clearTimeout(timer.current), []);
  return { holding, hands: { onPointerMove: hold, onPointerLeave: letGo, onKeyUp: hold, onBlur } };
}
