import { TeamError } from "../../contract/error.ts";
import type { WorkerId } from "../../contract/worker.ts";
import type { TeamStore } from "./store.ts";

/** Keeps a name until disposed, for a worker that is being opened. Throws NAME_TAKEN, also when another live worker has it. */
export type Reserve = (name: string, holder?: WorkerId) => Disposable;

export function createNames(store: TeamStore): Reserve {
  const reserved = new Set<string>();
  return (name, holder) => {
    // An id always means its own worker, so no other may be called by one.
    if (/^worker-\d+$/.test(name) && name !== holder) throw new TeamError("NAME_TAKEN", `${name} is an id`);
    const others = [...store.state.workers.values()].filter((w) => w.id !== holder && w.phase.is !== "gone");
    if (reserved.has(name) || others.some((w) => w.name === name))
      throw new TeamError("NAME_TAKEN", `a worker is called ${name} already`);
    reserved.add(name);
    return { [Symbol.dispose]: () => void reserved.delete(name) };
  };
}
