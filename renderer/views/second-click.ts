import type { MouseEvent } from "react";

/** The second click of a double click is never meant for the button that the first one has brought under the pointer. */
export function ignoreSecondClick(event: MouseEvent): void {
  if (event.detail < 2 || !(event.target as Element).closest("button")) return;
  event.preventDefault();
  event.stopPropagation();
}
