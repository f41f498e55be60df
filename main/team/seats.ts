import { TeamError } from "../../contract/error.ts";
import type { TeamStore } from "./store.ts";

/** Keeps a place for a worker that is being opened, until it stands in the state. Throws NOT_ALLOWED when there is none left. */
export type Seat = (most: number) => Disposable;

export function createSeats(store: TeamStore): Seat {
  let opening = 0;
  return (most) => {
    const live = [...store.state.workers.values()].filter((w) => w.phase.is !== "gone").length;
    if (live + opening >= most)
      throw new TeamError("NOT_ALLOWED", `maxWorkers is ${most}, and so many are running or being opened`);
    opening++;
    return { [Symbol.dispose]: () => void opening-- };
  };
}
