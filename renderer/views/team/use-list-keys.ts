import { type FocusEvent, type KeyboardEvent, useState } from "react";
import type { WorkerId } from "../../../contract/worker.ts";
import { call, usePanel } from "../../store.ts";

/**
 * The keys of the list: arrows, Home and End move, Space shows at a glance what a worker does and moves on with the focus, Delete
 * takes an ended one off. Return is the row's own.
 */
export function useListKeys() {
  const [peeked, peekAt] = useState<WorkerId>();

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const rows = rowsOf(event.currentTarget);
    const here = rows.indexOf(document.activeElement as HTMLElement);
    if (here < 0 || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Enter") peekAt(undefined);
    const done = glance(event.key, idOf(rows[here])) || move(event, rows, here);
    if (done) event.preventDefault();
  }

  /** Whether the key opened or closed the glance. */
  function glance(key: string, id: WorkerId | undefined): boolean {
    if (key !== " " && !(key === "Escape" && peeked)) return false;
    peekAt(key === "Escape" || peeked === id ? undefined : id);
    return true;
  }

  function move({ key, repeat }: KeyboardEvent, rows: readonly HTMLElement[], here: number): boolean {
    const there = { ArrowDown: here + 1, j: here + 1, ArrowUp: here - 1, k: here - 1, Home: 0, End: rows.length - 1 }[
      key
    ];
    const removes = key === "Delete" || key === "Backspace";
    if (there === undefined && !removes) return false;
    // A key that is held a little too long takes off one, not one after another.
    if (removes && repeat) return true;
    if (removes) dismissEnded(idOf(rows[here]));
    const goal = there ?? (here + 1 < rows.length ? here + 1 : here - 1);
    const row = rows[Math.max(0, Math.min(goal, rows.length - 1))];
    row?.focus();
    if (peeked) peekAt(idOf(row));
    return true;
  }

  /** Firefox takes the release of Space for a click, whatever became of its press. */
  function onKeyUpCapture(event: KeyboardEvent): void {
    if (event.key === " " && (event.target as Element).matches("button.row")) event.preventDefault();
  }

  function onBlurCapture({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
    if (!currentTarget.contains(relatedTarget)) peekAt(undefined);
  }

  return { peeked, keys: { onKeyDown, onKeyUpCapture, onBlurCapture } };
}

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>("button.row")];
const idOf = (row: HTMLElement | undefined) => row?.dataset.worker as WorkerId | undefined;

/** Nothing happens to a worker that lives. */
function dismissEnded(id: WorkerId | undefined): void {
  const worker = id && usePanel.getState().team.workers.get(id);
  // When it fails the row is still there to be seen.
  if (worker?.phase.is === "gone") call("dismiss", { worker: worker.id }).catch(() => {});
}
