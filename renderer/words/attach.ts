import type { Worker } from "../../contract/worker.ts";

/** What to type to see a worker's tmux pane: with its name where a shell takes that as one plain word, else with its id. */
export const attachCommand = ({ id, name }: Pick<Worker, "id" | "name">): string =>
  `claude-team attach ${/^[A-Za-z0-9][\w.-]*$/.test(name) ? name : id}`;
