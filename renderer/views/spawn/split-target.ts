import type { Worker } from "../../../contract/worker.ts";
import { usePanel } from "../../store.ts";

/** The open worker, if another terminal can stand next to its own. */
export function useSplitTarget(): Worker | undefined {
  return usePanel(({ selected, team }) => {
    const worker = selected && team.workers.get(selected);
    return worker && worker.phase.is !== "gone" && worker.terminal.host === "iterm2" ? worker : undefined;
  });
}
