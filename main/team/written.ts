import type { WorkerId } from "../../contract/worker.ts";
import type { TeamStore } from "./store.ts";

/** Which transcripts each worker wrote, the newest last; a worker has another one after `/clear`, and its old one after `/resume`. */
export interface Written extends Disposable {
  of(id: WorkerId): readonly string[];
  /** Adds those of before. */
  add(id: WorkerId, transcripts: readonly string[]): void;
  forget(id: WorkerId): void;
}

/** Learns from the store's events where each worker writes. */
export function createWritten(store: TeamStore): Written {
  const known = new Map<WorkerId, readonly string[]>();
  const of = (id: WorkerId) => known.get(id) ?? [];
  const add = (id: WorkerId, transcripts: readonly string[]) =>
    void known.set(id, [...of(id).filter((path) => !transcripts.includes(path)), ...transcripts]);
  const links = store.subscribe((event) => {
    if (event.type === "worker.linked" && event.transcript) add(event.id, [event.transcript]);
  });
  return { of, add, forget: (id) => void known.delete(id), [Symbol.dispose]: links[Symbol.dispose] };
}
