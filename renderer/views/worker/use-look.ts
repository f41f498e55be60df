import { useEffect, useRef, useState } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";
import { useVisible } from "../now.ts";

/**
 * Tells the team that a person looks: when an answer is on the screen, and again when the page is left after more was said.
 * Returns when they had looked last before that.
 */
export function useLook(worker: Worker): number | null {
  const [before] = useState(worker.lookedAt);
  const visible = useVisible();
  const newest = useRef(worker);
  useEffect(() => {
    newest.current = worker;
  });
  const { id, unread } = worker;

  useEffect(() => {
    if (unread && visible) look(id);
  }, [id, unread, visible]);

  useEffect(() => {
    if (!visible) return;
    return () => {
      const { lookedAt, lastActivity } = newest.current;
      if (lookedAt === null || lastActivity > lookedAt) look(id);
    };
  }, [id, visible]);

  return before;
}

function look(worker: Worker["id"]): void {
  // It stays unread, which is seen, and is looked at again with the next change.
  call("look", { worker }).catch(() => {});
}
