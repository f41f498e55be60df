import type { KeyboardEvent } from "react";

/** Esc closes the popover that has the focus, and does nothing else in the panel. */
export function leaveOnEscape(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.currentTarget.hidePopover();
}
