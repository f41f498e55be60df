import type { TeamEvent } from "../../contract/events.ts";
import type { TeamState } from "../../contract/reduce.ts";
import type { Worker } from "../../contract/worker.ts";

/**
 * Chooses the events for a page that nobody sees: those that change how many workers ask, which its title counts. `state`: as
 * the page knows it when it begins.
 */
export function createUnseen({ workers }: TeamState): (event: TeamEvent) => boolean {
  let asking = whoAsks([...workers.values()]);

  return (event) => {
    switch (event.type) {
      case "worker.judged": {
        const asks = event.phase.is === "asking";
        if (asks === asking.has(event.id)) return false;
        if (asks) asking.add(event.id);
        return asks || asking.delete(event.id);
      }
      case "team.snapshot":
        asking = whoAsks(event.workers);
        return true;
      // Only who is known is counted.
      case "worker.opened":
        return true;
      case "worker.dismissed":
        return asking.delete(event.id);
      default:
        return false;
    }
  };
}

const whoAsks = (workers: readonly Worker[]) =>
  new Set(workers.filter(({ phase }) => phase.is === "asking").map(({ id }) => id));
