import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Worker } from "../../../contract/worker.ts";
import { call } from "../../store.ts";

/**
 * Tells the team that a person looks: when an answer is on the screen, and again when the page is left after more was said.
 * Returns when they had looked last before that.
 */
export function useLook(worker: Worker): number | null {
  const [before] = useState(worker.lookedAt);
  const looking = useLooking();
  const newest = useRef(worker);
  useEffect(() => {
    newest.current = worker;
  });
  const { id, unread } = worker;

  useEffect(() => {
    if (unread && looking) look(id);
  }, [id, unread, looking]);

  useEffect(() => {
    if (!looking) return;
    return () => {
      const { lookedAt, lastActivity } = newest.current;
      if (lookedAt === null || lastActivity > lookedAt) look(id);
    };
  }, [id, looking]);

  return before;
}

/** Whether the page is before a person: what is in sight beside the window they write in, they may not have seen. */
function useLooking(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === "visible" && document.hasFocus());
}

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  window.addEventListener("focus", listener);
  window.addEventListener("blur", listener);
  return () => {
    document.removeEventListener("visibilitychange", listener);
    window.removeEventListener("focus", listener);
    window.removeEventListener("blur", listener);
  };
}

function look(worker: Worker["id"]): void {
  // It stays unread, which is seen, and is looked at again with the next change.
  call("look", { worker }).catch(() => {});
}
