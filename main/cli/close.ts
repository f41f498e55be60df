import type { Worker } from "../../contract/worker.ts";
import type { Command } from "./command.ts";
import { workerText } from "./print.ts";
import { tell } from "./say.ts";
import { homeOf, needServer } from "./talk.ts";

/** Ends a worker; refused while it works or asks, unless `--force`. */
export const close: Command = async ({ words: [worker = ""], flags }, world) => {
  const server = await needServer(homeOf(flags, world));
  return tell(world, flags, await server.call("close", { worker, force: flags.force ?? false }), closedText);
};

/** What never got a prompt has nothing to go on with. */
const closedText = (worker: Worker) =>
  workerText(worker) + (worker.transcript ? `claude-team resume ${worker.id} goes on with its conversation.\n` : "");
