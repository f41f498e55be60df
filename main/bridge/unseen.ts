import type { TeamEvent } from "../../contract/events.ts";
import type { TeamState } from "../../contract/reduce.ts";

/**
 * Chooses the events for a page that nobody sees: those that change how many workers ask, which its title counts. `state`: as
 * the page knows it when it begins.
 */
export function createUnseen({ workers }: TeamState): (event: TeamEvent) => boolean {
  const asking = new Set([...workers.values()].filter(({ phase }) => phase.is === "asking").map(({ id }) => id));

  return (event) => {
    switch (event.type) {
      case "worker.judged": {
        const asks = event.phase.is === "asking";
        if (asks === asking.has(event.id)) return false;
        if (asks) asking.add(event.id);
        return asks || asking.delete(event.id);
      }
      // Only who is known is counted.
      case "team.snapshot":
      case "worker.opened":
        return true;
      case "worker.dismissed":
        return asking.delete(event.id);
      default:
        return false;
    }
  };
}
