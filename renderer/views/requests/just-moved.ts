import { useEffect, useState } from "react";

/** The longest gap between the two clicks of a double click, as desktops are set at first. */
const restMs = 500;

/** Whether a card came or went within the last half second: a click is then still meant for what stood there before. */
export function useJustMoved(cards: string): boolean {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(cards), restMs);
    return () => clearTimeout(timer);
  }, [cards]);
  return cards !== rested;
}
